/* Exports the workloads to the component's world: only ownership is settled here, the work is in workloads.c. */

#include "backend.h"
#include "workloads.h"

#include <stdlib.h>

typedef exports_componium_bench_workloads_row_t exported_row;

/* A row is handed over as it is, without a copy: both structures must agree. */
_Static_assert(sizeof(exported_row) == sizeof(struct workloads_row), "size of a row");
_Static_assert(offsetof(exported_row, id) == offsetof(struct workloads_row, id), "place of the id");
_Static_assert(offsetof(exported_row, message.ptr) == offsetof(struct workloads_row, message), "place of the message");
_Static_assert(offsetof(exported_row, message.len) == offsetof(struct workloads_row, length), "place of the length");

uint32_t exports_componium_bench_workloads_add(uint32_t a, uint32_t b) {
    return workloads_add(a, b);
}

uint32_t exports_componium_bench_workloads_receive(backend_list_u8_t *data) {
    uint32_t answer = workloads_receive(data->ptr, data->len);
    backend_list_u8_free(data);
    return answer;
}

uint64_t exports_componium_bench_workloads_sum(backend_list_u8_t *data) {
    uint64_t total = workloads_sum(data->ptr, data->len);
    backend_list_u8_free(data);
    return total;
}

/* The text was lowered into memory that the guest owns, so the same memory is the answer. */
void exports_componium_bench_workloads_echo(backend_string_t *text, backend_string_t *answer) {
    struct workloads_text echo = workloads_echo((const char *)text->ptr, text->len);
    answer->ptr = (uint8_t *)echo.start;
    answer->len = echo.length;
}

void exports_componium_bench_workloads_rows(uint32_t count, exports_componium_bench_workloads_list_row_t *answer) {
    struct workloads_row *rows = workloads_rows(count);
    if (rows == NULL && count > 0) {
        abort(); /* a trap, which the host reports */
    }
    answer->ptr = (exported_row *)rows;
    answer->len = rows == NULL ? 0 : count;
}

double exports_componium_bench_workloads_evaluate(backend_string_t *expression) {
    double value = workloads_evaluate((const char *)expression->ptr, expression->len);
    backend_string_free(expression);
    return value;
}
