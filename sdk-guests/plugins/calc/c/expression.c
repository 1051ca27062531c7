#include "expression.h"

#include <math.h>

#include "functions.h"
#include "tokens.h"

/* How many parentheses and powers may be open at once: the stack of a plugin is small. */
static const size_t DEPTH = 100;

struct parser {
    struct tokens tokens;
    struct token token; /* the first one that is not used up */
    size_t depth;
    struct componium_text *problem;
};

/* Reading functions return whether there was a value; where there was none, the problem is written already. */
typedef bool reader(struct parser *parser, double *value);

static reader read_sum, read_signed;

/* The arguments of a call: the first two, and how many there are. */
struct arguments {
    double values[2];
    size_t count;
};

static bool fail(struct parser *parser, const char *message, const struct token *origin) {
    componium_text_print(parser->problem, "%s at column %zu", message, origin->column);
    return false;
}

/* Appends a token's text in quotes; it may contain any character, so printf() is no help. */
static void append_quoted(struct componium_text *problem, const struct token *token) {
    componium_text_append(problem, "'", 1);
    componium_text_append(problem, token->text, token->length);
    componium_text_append(problem, "'", 1);
}

static bool fail_named(struct parser *parser, const char *message, const struct token *name) {
    componium_text_print(parser->problem, "%s ", message);
    append_quoted(parser->problem, name);
    return fail(parser, "", name);
}

/* The token is not what the grammar has here. */
static bool fail_expecting(struct parser *parser, const char *expected) {
    const struct token *found = &parser->token;
    componium_text_print(parser->problem, "expected %s at column %zu, found ", expected, found->column);
    if (found->kind == TOKEN_END) {
        componium_text_print(parser->problem, "the end");
    } else {
        append_quoted(parser->problem, found);
    }
    return false;
}

static void advance(struct parser *parser) { parser->token = tokens_next(&parser->tokens); }

/* Uses up the token, and copies it to `taken`, if it is one of some ASCII symbols. */
static bool take(struct parser *parser, const char *symbols, struct token *taken) {
    for (; *symbols != '\0'; symbols++) {
        if (!token_is(&parser->token, *symbols)) continue;
        *taken = parser->token;
        advance(parser);
        return true;
    }
    return false;
}

/* Whether a value is one: neither overflowed nor missing. `origin` is the operator or function that it comes from. */
static bool finite_value(struct parser *parser, double value, const struct token *origin) {
    return isfinite(value) || fail(parser, "result is not a finite number", origin);
}

/* Opens a level, which `opener` stands for. Who has read what is on it closes it with `depth--`; a problem ends it all. */
static bool open_level(struct parser *parser, const char *message, const struct token *opener) {
    if (parser->depth == DEPTH) return fail(parser, message, opener);
    parser->depth++;
    return true;
}

static bool open_parenthesis(struct parser *parser, const struct token *opener) {
    return open_level(parser, "too many nested parentheses", opener);
}

static bool read_number(struct parser *parser, const struct token *token, double *value) {
    struct componium_text digits = {0}; /* strtod() reads to a byte that cannot belong to a number */
    componium_text_append(&digits, token->text, token->length);
    componium_text_append(&digits, "", 1);
    *value = strtod((const char *)digits.ptr, NULL);
    free(digits.ptr);
    return isfinite(*value) || fail(parser, "number too large", token);
}

/* Reads what follows a function's parenthesis. */
static bool read_arguments(struct parser *parser, struct arguments *arguments) {
    struct token taken;
    do {
        double value;
        if (!read_sum(parser, &value)) return false;
        if (arguments->count < 2) arguments->values[arguments->count] = value;
        arguments->count++;
    } while (take(parser, ",", &taken));
    parser->depth--;
    return take(parser, ")", &taken) || fail_expecting(parser, "an operator, ',' or ')'");
}

static bool call(struct parser *parser, const struct function *function, const struct arguments *arguments,
                 const struct token *name, double *value) {
    size_t takes = function->one != NULL ? 1 : 2;
    if (arguments->count != takes) {
        componium_text_print(parser->problem, "'%s' takes %zu argument%s, got %zu at column %zu", function->name,
                             takes, takes == 1 ? "" : "s", arguments->count, name->column);
        return false;
    }
    *value = takes == 1 ? function->one(arguments->values[0])
                        : function->two(arguments->values[0], arguments->values[1]);
    return finite_value(parser, *value, name);
}

/* Reads a constant, or a function with its arguments. */
static bool read_named(struct parser *parser, const struct token *name, double *value) {
    if (find_constant(name, value)) return true;
    const struct function *function = find_function(name);
    if (function == NULL) {
        return fail_named(parser, token_is(&parser->token, '(') ? "unknown function" : "unknown name", name);
    }
    struct token opener;
    struct arguments arguments = {0};
    if (!take(parser, "(", &opener)) return fail_expecting(parser, "'('");
    return open_parenthesis(parser, &opener) && read_arguments(parser, &arguments)
        && call(parser, function, &arguments, name, value);
}

/* Reads what follows a parenthesis. */
static bool read_group(struct parser *parser, double *value) {
    struct token taken;
    if (!read_sum(parser, value)) return false;
    parser->depth--;
    return take(parser, ")", &taken) || fail_expecting(parser, "an operator or ')'");
}

static bool read_atom(struct parser *parser, double *value) {
    struct token token = parser->token;
    switch (token.kind) {
    case TOKEN_NUMBER:
        advance(parser);
        return read_number(parser, &token, value);
    case TOKEN_NAME:
        advance(parser);
        return read_named(parser, &token, value);
    default:
        if (!take(parser, "(", &token)) return fail_expecting(parser, "a number, '(' or a function");
        return open_parenthesis(parser, &token) && read_group(parser, value);
    }
}

static bool read_power(struct parser *parser, double *value) {
    struct token operator;
    double exponent;
    if (!read_atom(parser, value)) return false;
    if (!take(parser, "^", &operator)) return true;
    if (!open_level(parser, "too many nested powers", &operator) || !read_signed(parser, &exponent)) return false;
    parser->depth--;
    *value = pow(*value, exponent);
    return finite_value(parser, *value, &operator);
}

static bool read_signed(struct parser *parser, double *value) {
    struct token sign;
    bool negative = false;
    while (take(parser, "+-", &sign)) negative ^= token_is(&sign, '-');
    if (!read_power(parser, value)) return false;
    if (negative) *value = -*value;
    return true;
}

static bool read_product(struct parser *parser, double *value) {
    struct token operator;
    double other;
    if (!read_signed(parser, value)) return false;
    while (take(parser, "*/", &operator)) {
        if (!read_signed(parser, &other)) return false;
        bool divides = token_is(&operator, '/');
        if (divides && other == 0) return fail(parser, "division by zero", &operator);
        *value = divides ? *value / other : *value * other;
        if (!finite_value(parser, *value, &operator)) return false;
    }
    return true;
}

static bool read_sum(struct parser *parser, double *value) {
    struct token operator;
    double other;
    if (!read_product(parser, value)) return false;
    while (take(parser, "+-", &operator)) {
        if (!read_product(parser, &other)) return false;
        *value = token_is(&operator, '+') ? *value + other : *value - other;
        if (!finite_value(parser, *value, &operator)) return false;
    }
    return true;
}

bool evaluate(const uint8_t *text, size_t length, double *value, struct componium_text *problem) {
    struct parser parser = {.tokens = {.rest = text, .end = text + length, .column = 1}, .problem = problem};
    advance(&parser);
    if (parser.token.kind == TOKEN_END) {
        componium_text_print(problem, "type an expression after '='");
        return false;
    }
    if (!read_sum(&parser, value)) return false;
    return parser.token.kind == TOKEN_END || fail_expecting(&parser, "an operator or the end");
}
