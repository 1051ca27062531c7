/* Changes what lies outside the granted folder, or in it where it may only be read. */
#include "answer.h"
#include "folder.h"

static const char *const OUTSIDE[] = {"../outside/new", "../new",           "relative/new",
                                      "absolute/new",   "folder/../../new", "/new"};
enum { PLACES = sizeof OUTSIDE / sizeof *OUTSIDE };

static const char *const SECRETS[] = {"../outside/secret.txt", "relative/secret.txt", "absolute/secret.txt",
                                      "chain/secret.txt"};
enum { FILES = sizeof SECRETS / sizeof *SECRETS };

static const __wasi_lookupflags_t FOLLOW = __WASI_LOOKUPFLAGS_SYMLINK_FOLLOW;

static __wasi_errno_t create(const char *path) {
    __wasi_fd_t file;
    __wasi_errno_t error = folder_open_to_write(path, __WASI_OFLAGS_CREAT, &file);
    if (error == __WASI_ERRNO_SUCCESS) folder_close(file);
    return error;
}

static __wasi_errno_t truncate_file(const char *path) {
    __wasi_fd_t file;
    __wasi_errno_t error = folder_open_to_write(path, __WASI_OFLAGS_TRUNC, &file);
    if (error == __WASI_ERRNO_SUCCESS) folder_close(file);
    return error;
}

static __wasi_errno_t touch(const char *path) {
    const __wasi_fstflags_t BOTH = __WASI_FSTFLAGS_ATIM | __WASI_FSTFLAGS_MTIM;
    return __wasi_path_filestat_set_times(FOLDER, FOLLOW, path, 1, 1, BOTH);
}

void exports_hostile_create_outside(hostile_string_t *result) {
    struct componium_text answer = {0};
    for (size_t i = 0; i < PLACES; i++) {
        answer_attempt(&answer, create(OUTSIDE[i]), "created");
        answer_attempt(&answer, __wasi_path_create_directory(FOLDER, OUTSIDE[i]), "made a folder");
        answer_attempt(&answer, __wasi_path_symlink("plain.txt", FOLDER, OUTSIDE[i]), "made a symlink");
    }
    answer_give(&answer, result);
}

void exports_hostile_remove_outside(hostile_string_t *result) {
    struct componium_text answer = {0};
    for (size_t i = 0; i < FILES; i++) {
        answer_attempt(&answer, __wasi_path_unlink_file(FOLDER, SECRETS[i]), "removed");
        answer_attempt(&answer, truncate_file(SECRETS[i]), "truncated");
    }
    answer_attempt(&answer, __wasi_path_remove_directory(FOLDER, "../outside/empty"), "removed a folder");
    answer_attempt(&answer, __wasi_path_remove_directory(FOLDER, "relative/empty"), "removed a folder");
    answer_give(&answer, result);
}

void exports_hostile_link_from_outside(hostile_string_t *result) {
    struct componium_text answer = {0};
    for (size_t i = 0; i < FILES; i++) {
        answer_attempt(&answer, __wasi_path_link(FOLDER, 0, SECRETS[i], FOLDER, "mine"), "linked");
        answer_attempt(&answer, __wasi_path_link(FOLDER, FOLLOW, SECRETS[i], FOLDER, "mine"), "linked");
    }
    answer_attempt(&answer, __wasi_path_link(FOLDER, FOLLOW, "secret-relative", FOLDER, "mine"), "linked");
    answer_give(&answer, result);
}

void exports_hostile_link_to_outside(hostile_string_t *result) {
    struct componium_text answer = {0};
    for (size_t i = 0; i < PLACES; i++) {
        answer_attempt(&answer, __wasi_path_link(FOLDER, 0, "plain.txt", FOLDER, OUTSIDE[i]), "linked");
    }
    answer_give(&answer, result);
}

void exports_hostile_rename_from_outside(hostile_string_t *result) {
    struct componium_text answer = {0};
    for (size_t i = 0; i < FILES; i++) {
        answer_attempt(&answer, __wasi_path_rename(FOLDER, SECRETS[i], FOLDER, "mine"), "moved");
    }
    answer_give(&answer, result);
}

void exports_hostile_rename_to_outside(hostile_string_t *result) {
    struct componium_text answer = {0};
    for (size_t i = 0; i < PLACES; i++) {
        answer_attempt(&answer, __wasi_path_rename(FOLDER, "plain.txt", FOLDER, OUTSIDE[i]), "moved");
        answer_attempt(&answer, __wasi_path_rename(FOLDER, "folder", FOLDER, OUTSIDE[i]), "moved a folder");
    }
    answer_give(&answer, result);
}

void exports_hostile_symlink_then_open(hostile_string_t *result) {
    static const char *const TARGETS[] = {"/etc/passwd", "../outside/secret.txt", "folder/../../outside/secret.txt",
                                          "/proc/self/environ"};
    struct componium_text answer = {0};
    char name[] = "mine0";
    for (size_t i = 0; i < sizeof TARGETS / sizeof *TARGETS; i++, name[4]++) {
        answer_attempt(&answer, __wasi_path_symlink(TARGETS[i], FOLDER, name), "made a symlink");
        __wasi_fd_t file;
        answer_attempt(&answer, folder_open(name, &file), "opened");
    }
    answer_give(&answer, result);
}

void exports_hostile_touch_outside(hostile_string_t *result) {
    struct componium_text answer = {0};
    for (size_t i = 0; i < FILES; i++) answer_attempt(&answer, touch(SECRETS[i]), "touched");
    answer_attempt(&answer, touch(".."), "touched");
    answer_give(&answer, result);
}

void exports_hostile_write_read_only(hostile_string_t *result) {
    struct componium_text answer = {0};
    __wasi_fd_t file;
    answer_attempt(&answer, folder_open_to_write("plain.txt", 0, &file), "opened to write");
    answer_attempt(&answer, create("new"), "created");
    answer_attempt(&answer, truncate_file("plain.txt"), "truncated");
    answer_attempt(&answer, __wasi_path_unlink_file(FOLDER, "plain.txt"), "removed");
    answer_attempt(&answer, __wasi_path_create_directory(FOLDER, "new"), "made a folder");
    answer_attempt(&answer, __wasi_path_remove_directory(FOLDER, "empty"), "removed a folder");
    answer_attempt(&answer, __wasi_path_rename(FOLDER, "plain.txt", FOLDER, "new"), "moved");
    answer_attempt(&answer, __wasi_path_symlink("plain.txt", FOLDER, "new"), "made a symlink");
    answer_attempt(&answer, __wasi_path_link(FOLDER, 0, "plain.txt", FOLDER, "new"), "linked");
    answer_attempt(&answer, touch("plain.txt"), "touched");
    if (folder_open("plain.txt", &file) == __WASI_ERRNO_SUCCESS) {
        static const uint8_t TEXT[] = "overwritten";
        const __wasi_ciovec_t from = {.buf = TEXT, .buf_len = sizeof TEXT};
        __wasi_size_t written;
        answer_attempt(&answer, __wasi_fd_write(file, &from, 1, &written), "wrote");
        answer_attempt(&answer, __wasi_fd_filestat_set_size(file, 0), "truncated");
        answer_attempt(&answer, __wasi_fd_filestat_set_times(file, 1, 1, __WASI_FSTFLAGS_MTIM), "touched");
    }
    answer_give(&answer, result);
}

void exports_hostile_race_with_symlink(hostile_string_t *result) {
    enum { ATTEMPTS = 20000 };
    unsigned opened = 0, refused = 0, secrets = 0;
    for (unsigned i = 0; i < ATTEMPTS; i++) {
        __wasi_fd_t file;
        if (folder_open("swapped/secret.txt", &file) != __WASI_ERRNO_SUCCESS) {
            refused++;
            continue;
        }
        opened++;
        secrets += folder_is_secret(file);
        folder_close(file);
    }
    struct componium_text answer = {0};
    if (opened > 0 && refused > 0) answer_add(&answer, "raced");
    answer_add(&answer, secrets > 0 ? "secret" : "no secret");
    answer_give(&answer, result);
}
