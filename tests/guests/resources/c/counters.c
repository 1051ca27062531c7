/* Counters and tickets of the guest. */
#include "counters.h"

#include "componium_guest.h"

static uint32_t alive;

void *counters_new(size_t size) {
    alive++;
    return componium_resize(NULL, 1, size);
}

void counters_free(void *resource) {
    alive--;
    free(resource);
}

own_counter_t counters_counter(uint32_t value) {
    counter_t *counter = counters_new(sizeof *counter);
    counter->value = value;
    return exports_test_resources_counters_counter_new(counter);
}

uint32_t counters_take(own_counter_t counter) {
    uint32_t value = exports_test_resources_counters_counter_rep(counter)->value;
    exports_test_resources_counters_counter_drop_own(counter);
    return value;
}

void exports_test_resources_counters_counter_destructor(counter_t *counter) {
    counters_free(counter);
}

own_counter_t exports_test_resources_counters_constructor_counter(uint32_t start) {
    return counters_counter(start);
}

uint32_t exports_test_resources_counters_method_counter_add(counter_t *self, uint32_t amount) {
    return self->value += amount;
}

uint32_t exports_test_resources_counters_method_counter_value(counter_t *self) {
    return self->value;
}

own_counter_t exports_test_resources_counters_static_counter_merge(own_counter_t a, own_counter_t b) {
    uint32_t first = counters_take(a);
    return counters_counter(first + counters_take(b));
}

void exports_test_resources_counters_method_counter_absorb(counter_t *self, counter_t *other) {
    self->value += other->value;
}

bool exports_test_resources_counters_method_counter_is(counter_t *self, uint32_t value) {
    return self->value == value;
}

void exports_test_resources_counters_method_counter_read(counter_t *self, borrow_file_t file, resources_list_u8_t *ret) {
    test_resources_files_method_file_read(file, self->value, ret);
    test_resources_files_file_drop_borrow(file);
}

static own_ticket_t new_ticket(uint32_t number, bool cursed) {
    ticket_t *ticket = counters_new(sizeof *ticket);
    *ticket = (ticket_t){.number = number, .cursed = cursed};
    return exports_test_resources_counters_ticket_new(ticket);
}

void exports_test_resources_counters_ticket_destructor(ticket_t *ticket) {
    if (ticket->cursed) componium_trap("this ticket is cursed");
    counters_free(ticket);
}

uint32_t exports_test_resources_counters_method_ticket_number(ticket_t *self) {
    return self->number;
}

void exports_test_resources_counters_tickets(
    uint32_t count, exports_test_resources_counters_list_own_ticket_t *ret) {
    *ret = (exports_test_resources_counters_list_own_ticket_t){0};
    for (uint32_t number = 0; number < count; number++) *COMPONIUM_APPEND(ret) = new_ticket(number, false);
}

own_ticket_t exports_test_resources_counters_cursed_ticket(void) {
    return new_ticket(13, true);
}

void exports_test_resources_counters_make_pair(
    uint32_t first, uint32_t *second, exports_test_resources_counters_pair_t *ret) {
    ret->first = counters_counter(first);
    ret->second.is_some = second != NULL;
    if (second != NULL) ret->second.val = counters_counter(*second);
}

uint32_t exports_test_resources_counters_sum(
    exports_test_resources_counters_list_borrow_counter_t *counters, own_counter_t *extra) {
    uint32_t sum = extra == NULL ? 0 : counters_take(*extra);
    for (size_t i = 0; i < counters->len; i++) sum += counters->ptr[i]->value;
    exports_test_resources_counters_list_borrow_counter_free(counters);
    return sum;
}

uint32_t exports_test_resources_counters_alive(void) {
    return alive;
}
