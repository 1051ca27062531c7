/* A recursive descent evaluator, one function for each level of precedence:
 *
 *     sum     = product (("+" | "-") product)*
 *     product = unary (("*" | "/") unary)*
 *     unary   = "-" unary | power
 *     power   = atom ("^" unary)?
 *     atom    = number | "(" sum ")"
 */

#include "workloads.h"

#include <math.h>

/* What is left of the expression. Failure is a flag of its own, because NaN does not always survive: pow(NAN, 0) is 1. */
struct reader {
    const char *next;
    const char *end;
    bool failed;
};

static double read_sum(struct reader *reader);
static double read_unary(struct reader *reader);

static double fail(struct reader *reader) {
    reader->failed = true;
    return NAN;
}

/* The next character that is not a blank, or NUL at the end. */
static char peek(struct reader *reader) {
    while (reader->next < reader->end && *reader->next == ' ') {
        reader->next++;
    }
    return reader->next < reader->end ? *reader->next : '\0';
}

/* Steps over `symbol` if it comes next. */
static bool accept(struct reader *reader, char symbol) {
    if (peek(reader) != symbol) {
        return false;
    }
    reader->next++;
    return true;
}

static bool digit_follows(const struct reader *reader) {
    return reader->next < reader->end && *reader->next >= '0' && *reader->next <= '9';
}

/* Digits with an optional fraction. Exact for up to 15 digits: both the digits and the scale are then exact doubles. */
static double read_number(struct reader *reader) {
    double digits = 0.0;
    double scale = 1.0;
    while (digit_follows(reader)) {
        digits = digits * 10.0 + (*reader->next++ - '0');
    }
    if (reader->next < reader->end && *reader->next == '.') {
        reader->next++;
        while (digit_follows(reader)) {
            digits = digits * 10.0 + (*reader->next++ - '0');
            scale *= 10.0;
        }
    }
    return digits / scale;
}

static double read_atom(struct reader *reader) {
    if (accept(reader, '(')) {
        double value = read_sum(reader);
        return accept(reader, ')') ? value : fail(reader);
    }
    return digit_follows(reader) ? read_number(reader) : fail(reader);
}

static double read_power(struct reader *reader) {
    double base = read_atom(reader);
    return accept(reader, '^') ? pow(base, read_unary(reader)) : base;
}

static double read_unary(struct reader *reader) {
    return accept(reader, '-') ? -read_unary(reader) : read_power(reader);
}

static double read_product(struct reader *reader) {
    double value = read_unary(reader);
    for (;;) {
        if (accept(reader, '*')) {
            value *= read_unary(reader);
        } else if (accept(reader, '/')) {
            value /= read_unary(reader);
        } else {
            return value;
        }
    }
}

static double read_sum(struct reader *reader) {
    double value = read_product(reader);
    for (;;) {
        if (accept(reader, '+')) {
            value += read_product(reader);
        } else if (accept(reader, '-')) {
            value -= read_product(reader);
        } else {
            return value;
        }
    }
}

double workloads_evaluate(const char *expression, size_t length) {
    struct reader reader = {expression, expression + length, false};
    double value = read_sum(&reader);
    peek(&reader); /* skips blanks at the end */
    return reader.failed || reader.next != reader.end ? NAN : value;
}
