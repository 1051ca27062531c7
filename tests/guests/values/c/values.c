/* Every function hands its argument to the host's function of the same name and returns what comes back. */
#include "values.h"

#define EXPORT(name) exports_test_values_echoes_##name
#define IMPORT(name) test_values_echoes_##name

#define BY_VALUE(name, type) \
    type EXPORT(name)(type value) { return IMPORT(name)(value); }

/* What is given as a pointer is the function's to free; so is what comes back, which it gives away. Lists and results have
 * types of their own on both sides, with the same members. */
#define BY_POINTER(name, type) \
    void EXPORT(name)(type##_t *value, type##_t *ret) { \
        IMPORT(name)((void *)value, (void *)ret); \
        type##_free(value); \
    }

BY_VALUE(echo_bool, bool)
BY_VALUE(echo_s8, int8_t)
BY_VALUE(echo_u8, uint8_t)
BY_VALUE(echo_s16, int16_t)
BY_VALUE(echo_u16, uint16_t)
BY_VALUE(echo_s32, int32_t)
BY_VALUE(echo_u32, uint32_t)
BY_VALUE(echo_s64, int64_t)
BY_VALUE(echo_u64, uint64_t)
BY_VALUE(echo_f32, float)
BY_VALUE(echo_f64, double)
BY_VALUE(echo_char, uint32_t)
BY_VALUE(echo_color, exports_test_values_echoes_color_t)
BY_VALUE(echo_permissions, exports_test_values_echoes_permissions_t)
BY_VALUE(echo_many, exports_test_values_echoes_many_t)

BY_POINTER(echo_string, values_string)
BY_POINTER(echo_bytes, values_list_u8)
BY_POINTER(echo_floats, values_list_f64)
BY_POINTER(echo_shorts, values_list_s16)
BY_POINTER(echo_strings, values_list_string)
BY_POINTER(echo_nested, values_list_list_string)
BY_POINTER(echo_tuple, values_tuple3_u8_string_f64)
BY_POINTER(echo_mixed, exports_test_values_echoes_mixed)
BY_POINTER(echo_shape, exports_test_values_echoes_shape)
BY_POINTER(echo_shapes, exports_test_values_echoes_list_shape)
BY_POINTER(echo_results, exports_test_values_echoes_list_result_s32_string)

void EXPORT(echo_point)(exports_test_values_echoes_point_t *value, exports_test_values_echoes_point_t *ret) {
    IMPORT(echo_point)(value, ret);
}

bool EXPORT(echo_option)(uint32_t *value, uint32_t *ret) {
    return IMPORT(echo_option)(value, ret);
}

bool EXPORT(echo_options)(values_option_string_t *value, values_option_string_t *ret) {
    bool is_some = IMPORT(echo_options)(value, ret);
    if (value != NULL) values_option_string_free(value);
    return is_some;
}

bool EXPORT(echo_result)(exports_test_values_echoes_result_s32_string_t *value, int32_t *ret, values_string_t *err) {
    bool is_ok = IMPORT(echo_result)((void *)value, ret, err);
    exports_test_values_echoes_result_s32_string_free(value);
    return is_ok;
}

bool EXPORT(echo_bare_result)(exports_test_values_echoes_result_void_void_t *value) {
    return IMPORT(echo_bare_result)((void *)value);
}

void EXPORT(join)(values_string_t *a, values_string_t *b, values_string_t *c, values_string_t *d, values_string_t *e,
                  values_string_t *f, values_string_t *g, values_string_t *h, uint8_t last, values_string_t *ret) {
    IMPORT(join)(a, b, c, d, e, f, g, h, last, ret);
    values_string_t *strings[] = {a, b, c, d, e, f, g, h};
    for (size_t i = 0; i < 8; i++) values_string_free(strings[i]);
}

void EXPORT(nothing)(void) {
    IMPORT(nothing)();
}
