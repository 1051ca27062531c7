#include "faults.h"

#include <stdint.h>
#include <stdlib.h>

/* Volatile, so that no compiler may conclude that a loop or a recursion has no effect. */
static volatile uint32_t steps;

noreturn void fault_loop(void) {
    for (;;) steps++;
}

noreturn void fault_trap(void) { __builtin_trap(); }

/* Does something after the call, which therefore needs a frame of its own. */
__attribute__((noinline)) static uint32_t recurse(uint32_t depth) {
    steps = depth;
    if (depth == UINT32_MAX) return 0; /* out of any stack's reach */
    uint32_t reached = recurse(depth + 1);
    return reached ^ steps;
}

noreturn void fault_deep(void) {
    steps = recurse(0);
    __builtin_trap();
}

noreturn void fault_memory(void) {
    static const size_t BLOCK = 1 << 20;
    volatile uint8_t *block; /* volatile, as above */
    while ((block = malloc(BLOCK)) != NULL) *block = 1;
    __builtin_trap();
}
