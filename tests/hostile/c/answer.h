/* What an attack saw, as the text that it answers with. */
#ifndef ANSWER_H
#define ANSWER_H

#include <wasi/api.h>

#include "componium_guest.h"
#include "hostile.h"

/* Adds a sentence, unless the answer has it already. */
void answer_add(struct componium_text *answer, const char *sentence);

/* Adds what an attempt came to: why it was refused, or `success`. */
void answer_attempt(struct componium_text *answer, __wasi_errno_t error, const char *success);

/* Gives the answer away. */
void answer_give(struct componium_text *answer, hostile_string_t *result);

#endif
