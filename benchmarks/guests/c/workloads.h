/* The benchmark's workloads in plain C: compiled into the WebAssembly guest and into the native baseline. */

#ifndef COMPONIUM_BENCH_WORKLOADS_H
#define COMPONIUM_BENCH_WORKLOADS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A borrowed piece of UTF-8 text, without a closing NUL. */
struct workloads_text {
    const char *start;
    size_t length; /* bytes */
};

/* One line of a log. It owns its message, which is not closed by a NUL. */
struct workloads_row {
    uint64_t id;
    char *message;
    size_t length; /* bytes of the message */
};

/* a + b modulo 2^32. */
uint32_t workloads_add(uint32_t a, uint32_t b);

/* The number of bytes plus the first and the last of them, modulo 2^32; 0 where there are none. */
uint32_t workloads_receive(const uint8_t *data, size_t length);

/* The sum of all bytes. */
uint64_t workloads_sum(const uint8_t *data, size_t length);

/* The same text: what is measured is the way there and back. */
struct workloads_text workloads_echo(const char *text, size_t length);

/* Rows 0 to count - 1, each with one of four messages in turn; NULL when memory is exhausted or count is 0. */
struct workloads_row *workloads_rows(uint32_t count);

/* Frees what workloads_rows returned. */
void workloads_rows_free(struct workloads_row *rows, uint32_t count);

/* The value of an arithmetic expression (+ - * / ^, parentheses, unary minus); NaN where it is malformed. */
double workloads_evaluate(const char *expression, size_t length);

#endif
