/* A native plugin that does what tests ask for, and what a plugin should not do. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "plugin.h"

_Noreturn void componium_fail(const char *message);

struct exports_test_native_api_counter_t {
    uint32_t value;
};

static uint32_t calls;
static uint32_t destroyed;

static plugin_string_t text(const char *format, const char *bytes, size_t length) {
    char *made = malloc(strlen(format) + length + 1);
    int written = sprintf(made, format, (int)length, bytes);
    return (plugin_string_t){(uint8_t *)made, (size_t)written};
}

uint32_t exports_test_native_api_add(uint32_t a, uint32_t b) {
    return a + b;
}

double exports_test_native_api_half(float x) {
    return x / 2.0;
}

uint64_t exports_test_native_api_scalars(bool a, int8_t b, uint16_t c, uint32_t d, int64_t e, uint8_t f) {
    return (uint64_t)(a + b + c + d + e + f);
}

void exports_test_native_api_greet(plugin_string_t *name, plugin_string_t *ret) {
    *ret = text("Hello, %.*s", (char *)name->ptr, name->len);
    plugin_string_free(name);
}

uint64_t exports_test_native_api_sum(plugin_list_u64_t *numbers) {
    uint64_t sum = 0;
    for (size_t i = 0; i < numbers->len; i++) sum += numbers->ptr[i];
    plugin_list_u64_free(numbers);
    return sum;
}

void exports_test_native_api_repeat(plugin_list_u8_t *bytes, uint32_t times, plugin_list_u8_t *ret) {
    ret->len = bytes->len * times;
    ret->ptr = malloc(ret->len);
    for (uint32_t i = 0; i < times; i++) memcpy(ret->ptr + i * bytes->len, bytes->ptr, bytes->len);
    plugin_list_u8_free(bytes);
}

void exports_test_native_api_move_by(exports_test_native_api_point_t *p, int32_t dx, exports_test_native_api_point_t *ret) {
    *ret = *p;
    ret->x += dx;
}

bool exports_test_native_api_area(exports_test_native_api_shape_t *s, double *ret, plugin_string_t *err) {
    switch (s->tag) {
    case TEST_NATIVE_TYPES_SHAPE_DOT:
        *ret = 0;
        return true;
    case TEST_NATIVE_TYPES_SHAPE_CIRCLE:
        *ret = 3 * s->val.circle * s->val.circle;
        return true;
    case TEST_NATIVE_TYPES_SHAPE_NAMED:
        *err = text("unknown: %.*s", (char *)s->val.named.ptr, s->val.named.len);
        return false;
    default:
        *ret = 0;
        for (size_t i = 0; i < s->val.polygon.len; i++) *ret += s->val.polygon.ptr[i].x * s->val.polygon.ptr[i].y;
        return true;
    }
}

uint8_t exports_test_native_api_invert(uint8_t r) {
    return ~r & 7;
}

void exports_test_native_api_many(
    uint8_t a, uint16_t b, uint32_t c, uint64_t d, int8_t e, int16_t f, int32_t g, int64_t h, float i, double j, bool k,
    uint32_t l, plugin_string_t *m, plugin_list_u8_t *n, uint8_t *maybe_o, plugin_string_t *ret) {
    test_native_store_many(a, b, c, d, e, f, g, h, i, j, k, l, m, n, maybe_o, ret);
}

bool exports_test_native_api_ask(plugin_string_t *key, plugin_option_string_t *ret, plugin_string_t *err) {
    return test_native_store_find(key, ret, err);
}

uint32_t exports_test_native_api_call_log(plugin_string_t *line) {
    calls++;
    return test_native_store_log(line);
}

uint32_t exports_test_native_api_call_log_slowly(plugin_string_t *line) {
    clock_t start = clock();
    while (clock() - start < CLOCKS_PER_SEC / 500) continue;
    return test_native_store_log(line);
}

uint32_t exports_test_native_api_count(void) {
    return ++calls;
}

void exports_test_native_api_fail(plugin_string_t *reason) {
    componium_fail((char *)text("%.*s", (char *)reason->ptr, reason->len).ptr);
}

void exports_test_native_api_look(test_native_store_borrow_item_t i, plugin_string_t *ret) {
    test_native_store_method_item_name(i, ret);
    test_native_store_item_drop_borrow(i);
}

void exports_test_native_api_take(test_native_store_own_item_t i, plugin_string_t *ret) {
    test_native_store_method_item_name(test_native_store_borrow_item(i), ret);
    test_native_store_item_drop_own(i);
}

test_native_store_own_item_t exports_test_native_api_make(plugin_string_t *name) {
    return test_native_store_constructor_item(name);
}

exports_test_native_api_own_counter_t exports_test_native_api_constructor_counter(uint32_t start) {
    exports_test_native_api_counter_t *counter = malloc(sizeof *counter);
    counter->value = start;
    return exports_test_native_api_counter_new(counter);
}

uint32_t exports_test_native_api_method_counter_add(exports_test_native_api_counter_t *self, uint32_t by) {
    return self->value += by;
}

exports_test_native_api_own_counter_t exports_test_native_api_static_counter_merge(
    exports_test_native_api_own_counter_t a, exports_test_native_api_own_counter_t b) {
    uint32_t sum = exports_test_native_api_counter_rep(a)->value + exports_test_native_api_counter_rep(b)->value;
    exports_test_native_api_counter_drop_own(a);
    exports_test_native_api_counter_drop_own(b);
    return exports_test_native_api_constructor_counter(sum);
}

void exports_test_native_api_counter_destructor(exports_test_native_api_counter_t *rep) {
    destroyed++;
    if (rep->value == 666) componium_fail("this counter cannot be destroyed");
    free(rep);
}

uint32_t exports_test_native_api_total(exports_test_native_api_list_borrow_counter_t *counters) {
    uint32_t total = 0;
    for (size_t i = 0; i < counters->len; i++) total += counters->ptr[i]->value;
    return total;
}

bool exports_test_native_api_wrap(
    exports_test_native_api_own_counter_t *maybe_o, exports_test_native_api_own_counter_t *ret) {
    if (maybe_o) *ret = *maybe_o;
    return maybe_o != NULL;
}

uint32_t exports_test_native_api_destroyed(void) {
    return destroyed;
}

void exports_test_native_api_text_at_null(plugin_string_t *ret) {
    *ret = (plugin_string_t){NULL, 5};
}

void exports_test_native_api_text_of_latin1(plugin_string_t *ret) {
    *ret = text("%.*s", "caf\xe9", 4);
}

uint8_t exports_test_native_api_level_nine(void) {
    return 9;
}

void exports_test_native_api_keep(test_native_store_borrow_item_t i) {
    (void)i;
}

exports_test_native_api_own_counter_t exports_test_native_api_forge(uint32_t number) {
    return (exports_test_native_api_own_counter_t){(int32_t)number};
}

test_native_store_own_item_t exports_test_native_api_forge_item(uint32_t number) {
    return (test_native_store_own_item_t){(int32_t)number};
}

exports_test_native_api_own_counter_t exports_test_native_api_item_as_counter(test_native_store_own_item_t i) {
    return (exports_test_native_api_own_counter_t){i.__handle};
}

void exports_test_native_api_drop_item(uint32_t number) {
    test_native_store_item_drop_own((test_native_store_own_item_t){(int32_t)number});
}

void exports_test_native_api_drop_twice(test_native_store_own_item_t i) {
    test_native_store_item_drop_own(i);
    test_native_store_item_drop_own(i);
}
