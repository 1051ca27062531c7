/* Short names for the bindings' types, and how many resources are alive. */
#ifndef COUNTERS_H
#define COUNTERS_H

#include "resources.h"

typedef exports_test_resources_counters_counter_t counter_t;
typedef exports_test_resources_counters_own_counter_t own_counter_t;
typedef exports_test_resources_counters_ticket_t ticket_t;
typedef exports_test_resources_counters_own_ticket_t own_ticket_t;
typedef test_resources_files_borrow_file_t borrow_file_t;
typedef test_resources_files_own_file_t own_file_t;

struct exports_test_resources_counters_counter_t {
    uint32_t value;
};

struct exports_test_resources_counters_ticket_t {
    uint32_t number;
    bool cursed;
};

/* Memory for one resource, which counts as alive. */
void *counters_new(size_t size);
/* Frees it. */
void counters_free(void *resource);
/* A counter that starts at a value. */
own_counter_t counters_counter(uint32_t value);
/* The value of a counter that is given away to whoever calls this. */
uint32_t counters_take(own_counter_t counter);

#endif
