/* The value of an expression, by recursive descent:
 *
 *     sum     = product { ("+" | "-") product }
 *     product = signed { ("*" | "/") signed }
 *     signed  = { "+" | "-" } power
 *     power   = atom [ "^" signed ]
 *     atom    = NUMBER | CONSTANT | FUNCTION "(" sum { "," sum } ")" | "(" sum ")"
 *
 * Values are computed while reading, so of several problems the leftmost is reported.
 */
#ifndef EXPRESSION_H
#define EXPRESSION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "componium_guest.h"

/* Computes the finite value of an expression, or says in `problem`, {0} at first and the caller's to free, why it has
 * none. */
bool evaluate(const uint8_t *text, size_t length, double *value, struct componium_text *problem);

#endif
