#include "tokens.h"

#include "componium_guest.h"

static bool is_digit(uint8_t byte) { return byte >= '0' && byte <= '9'; }

static bool is_letter(uint8_t byte) { return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z'); }

bool is_space(uint8_t byte) { return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n'; }

bool token_is(const struct token *token, char symbol) {
    return token->kind == TOKEN_SYMBOL && token->text[0] == (uint8_t)symbol;
}

static const uint8_t *after_digits(const uint8_t *text, const uint8_t *end) {
    while (text < end && is_digit(*text)) text++;
    return text;
}

static const uint8_t *after_name(const uint8_t *text, const uint8_t *end) {
    while (text < end && (is_letter(*text) || is_digit(*text))) text++;
    return text;
}

/* Skips an exponent if it has digits. */
static const uint8_t *after_exponent(const uint8_t *text, const uint8_t *end) {
    if (text == end || (*text != 'e' && *text != 'E')) return text;
    const uint8_t *digits = text + 1;
    if (digits < end && (*digits == '+' || *digits == '-')) digits++;
    const uint8_t *after = after_digits(digits, end);
    return after == digits ? text : after;
}

/* Skips digits, a point with more of them, and an exponent: 1, 1., .5, 1.5e-3. */
static const uint8_t *after_number(const uint8_t *text, const uint8_t *end) {
    text = after_digits(text, end);
    if (text < end && *text == '.') text = after_digits(text + 1, end);
    return after_exponent(text, end);
}

static bool starts_number(const uint8_t *text, const uint8_t *end) {
    if (*text == '.') text++;
    return text < end && is_digit(*text);
}

struct token tokens_next(struct tokens *tokens) {
    while (tokens->rest < tokens->end && is_space(*tokens->rest)) {
        tokens->rest++;
        tokens->column++;
    }
    const uint8_t *text = tokens->rest;
    struct token token = {.kind = TOKEN_END, .text = text, .column = tokens->column};
    if (text == tokens->end) return token;
    if (starts_number(text, tokens->end)) {
        token.kind = TOKEN_NUMBER;
        tokens->rest = after_number(text, tokens->end);
    } else if (is_letter(*text)) {
        token.kind = TOKEN_NAME;
        tokens->rest = after_name(text, tokens->end);
    } else {
        token.kind = TOKEN_SYMBOL;
        tokens->rest = text + componium_character_size(*text);
    }
    token.length = (size_t)(tokens->rest - text);
    tokens->column += token.kind == TOKEN_SYMBOL ? 1 : token.length;
    return token;
}
