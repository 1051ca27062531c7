/* What can go wrong in a plugin. None of these returns. */
#ifndef FAULTS_H
#define FAULTS_H

#include <stdnoreturn.h>

/* Loops forever. */
noreturn void fault_loop(void);

/* Executes the instruction `unreachable`. */
noreturn void fault_trap(void);

/* Calls itself until the stack is used up. */
noreturn void fault_deep(void);

/* Allocates until it is refused, then traps. */
noreturn void fault_memory(void);

#endif
