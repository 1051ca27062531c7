#include "workloads.h"

#include <stdlib.h>
#include <string.h>

uint32_t workloads_add(uint32_t a, uint32_t b) {
    return a + b;
}

uint32_t workloads_receive(const uint8_t *data, size_t length) {
    return length == 0 ? 0 : (uint32_t)length + data[0] + data[length - 1];
}

uint64_t workloads_sum(const uint8_t *data, size_t length) {
    uint64_t total = 0;
    for (size_t i = 0; i < length; i++) {
        total += data[i];
    }
    return total;
}

struct workloads_text workloads_echo(const char *text, size_t length) {
    return (struct workloads_text){text, length};
}

/* Sets id and message of one row; false when memory is exhausted. */
static bool fill_row(struct workloads_row *row, uint32_t id) {
    static const char *const messages[] = {"connected", "request served", "page not found", "closed by peer"};
    const char *message = messages[id % (sizeof messages / sizeof *messages)];
    row->id = id;
    row->length = strlen(message);
    row->message = malloc(row->length);
    if (row->message == NULL) {
        return false;
    }
    memcpy(row->message, message, row->length);
    return true;
}

struct workloads_row *workloads_rows(uint32_t count) {
    struct workloads_row *rows = calloc(count, sizeof *rows);
    if (rows == NULL) {
        return NULL;
    }
    for (uint32_t id = 0; id < count; id++) {
        if (!fill_row(&rows[id], id)) {
            workloads_rows_free(rows, id);
            return NULL;
        }
    }
    return rows;
}

void workloads_rows_free(struct workloads_row *rows, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        free(rows[i].message);
    }
    free(rows);
}
