/* The names that an expression may use. */
#ifndef FUNCTIONS_H
#define FUNCTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "tokens.h"

/* A function of one argument or of two; the other pointer is NULL. */
struct function {
    const char *name;
    double (*one)(double);
    double (*two)(double, double);
};

/* Finds the constant that a token names. */
bool find_constant(const struct token *token, double *value);

/* The function that a token names, or NULL. */
const struct function *find_function(const struct token *token);

#endif
