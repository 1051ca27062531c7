/* Every use of the host's files and journals. */
#include "componium_guest.h"
#include "counters.h"

static own_file_t kept;
static bool has_kept;

static own_file_t make_file(const char *name) {
    resources_string_t text;
    resources_string_set(&text, name);
    return test_resources_files_constructor_file(&text);
}

void exports_test_resources_counters_read(borrow_file_t file, resources_list_u8_t *ret) {
    test_resources_files_method_file_read(file, UINT32_MAX, ret);
    test_resources_files_file_drop_borrow(file);
}

void exports_test_resources_counters_keep_file(own_file_t file) {
    if (has_kept) test_resources_files_file_drop_own(kept);
    kept = file;
    has_kept = true;
}

bool exports_test_resources_counters_give_back(own_file_t *ret) {
    bool had = has_kept;
    if (had) *ret = kept;
    has_kept = false;
    return had;
}

/* A problem as Rust prints it. */
static struct componium_text describe(const test_resources_files_problem_t *problem) {
    struct componium_text text = {0};
    if (problem->tag == TEST_RESOURCES_FILES_PROBLEM_NOT_FOUND) {
        componium_text_print(&text, "Problem::NotFound(\"%.*s\")", (int)problem->val.not_found.len,
                             (const char *)problem->val.not_found.ptr);
    } else {
        componium_text_print(&text, "Problem::Denied");
    }
    return text;
}

bool exports_test_resources_counters_open(resources_string_t *name, resources_string_t *ret, resources_string_t *err) {
    own_file_t file;
    test_resources_files_problem_t problem;
    bool opened = test_resources_files_static_file_open(name, &file, &problem);
    resources_string_free(name);
    if (opened) {
        test_resources_files_method_file_name(test_resources_files_borrow_file(file), ret);
        test_resources_files_file_drop_own(file);
    } else {
        struct componium_text text = describe(&problem);
        *err = COMPONIUM_STRING(resources_string_t, text);
        test_resources_files_problem_free(&problem);
    }
    return opened;
}

own_file_t exports_test_resources_counters_make_file(resources_string_t *name) {
    own_file_t file = test_resources_files_constructor_file(name);
    resources_string_free(name);
    return file;
}

static const char *word(bool value) {
    return value ? "true" : "false";
}

static void say(resources_list_string_t *lines, struct componium_text text) {
    *COMPONIUM_APPEND(lines) = COMPONIUM_STRING(resources_string_t, text);
}

static void write_journal(const char *line) {
    test_resources_files_own_journal_t journal = test_resources_files_journal_of_application();
    resources_string_t text;
    resources_string_set(&text, line);
    test_resources_files_method_journal_write(test_resources_files_borrow_journal(journal), &text);
    test_resources_files_journal_drop_own(journal);
}

void exports_test_resources_counters_exercise_host(resources_list_string_t *ret) {
    *ret = (resources_list_string_t){0};
    own_file_t files[] = {make_file("a"), make_file("bb")};
    borrow_file_t a = test_resources_files_borrow_file(files[0]), b = test_resources_files_borrow_file(files[1]);
    own_file_t twin = test_resources_files_method_file_duplicate(a);
    borrow_file_t lent[] = {a, b, test_resources_files_borrow_file(twin)};
    write_journal("three files");

    struct componium_text same = {0}, total = {0}, count = {0};
    componium_text_print(&same, "[%s, %s, %s]", word(test_resources_files_method_file_same(a, a)),
                         word(test_resources_files_method_file_same(a, b)),
                         word(test_resources_files_method_file_same(a, lent[2])));
    say(ret, same);
    test_resources_files_list_borrow_file_t all = {.ptr = lent, .len = 3};
    componium_text_print(&total, "%u", (unsigned)test_resources_files_total(&all));
    say(ret, total);
    test_resources_files_file_drop_own(twin);
    own_file_t last = make_file("ccc");
    test_resources_files_list_own_file_t given = {.ptr = files, .len = 2};
    componium_text_print(&count, "%u", (unsigned)test_resources_files_keep(&given, &last));
    say(ret, count);
}
