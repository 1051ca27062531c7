/* An expression's text as tokens. */
#ifndef TOKENS_H
#define TOKENS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum token_kind {
    TOKEN_NUMBER,
    TOKEN_NAME,
    TOKEN_SYMBOL, /* any other character: an operator, a parenthesis, or one that no expression has */
    TOKEN_END,
};

/* A piece of the text, and the column where it starts: its first character's number, from 1. */
struct token {
    enum token_kind kind;
    const uint8_t *text;
    size_t length;
    size_t column;
};

/* The text behind the last token, and the column where it starts. */
struct tokens {
    const uint8_t *rest;
    const uint8_t *end;
    size_t column;
};

/* Takes a token off the front; after the last one, TOKEN_END for ever. */
struct token tokens_next(struct tokens *tokens);

/* Whether a token is the symbol of this one ASCII character. */
bool token_is(const struct token *token, char symbol);

bool is_space(uint8_t byte);

#endif
