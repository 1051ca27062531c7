#include "functions.h"

#include <math.h>
#include <string.h>

static const struct {
    const char *name;
    double value;
} CONSTANTS[] = {
    {"pi", 3.14159265358979323846},
    {"e", 2.71828182845904523536},
};

static const struct function FUNCTIONS[] = {
    {"sqrt", .one = sqrt},   {"abs", .one = fabs},   {"sin", .one = sin},     {"cos", .one = cos},
    {"tan", .one = tan},     {"ln", .one = log},     {"log10", .one = log10}, {"exp", .one = exp},
    {"floor", .one = floor}, {"ceil", .one = ceil},  {"round", .one = round}, {"min", .two = fmin},
    {"max", .two = fmax},
};

static bool is_named(const struct token *token, const char *name) {
    return token->length == strlen(name) && memcmp(token->text, name, token->length) == 0;
}

bool find_constant(const struct token *token, double *value) {
    for (size_t i = 0; i < sizeof CONSTANTS / sizeof *CONSTANTS; i++) {
        if (!is_named(token, CONSTANTS[i].name)) continue;
        *value = CONSTANTS[i].value;
        return true;
    }
    return false;
}

const struct function *find_function(const struct token *token) {
    for (size_t i = 0; i < sizeof FUNCTIONS / sizeof *FUNCTIONS; i++) {
        if (is_named(token, FUNCTIONS[i].name)) return &FUNCTIONS[i];
    }
    return NULL;
}
