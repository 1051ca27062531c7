/* Opens what lies outside the granted folder. Names of files are those of scene.py. */
#include <errno.h>

#include "answer.h"
#include "folder.h"

static const __wasi_lookupflags_t FOLLOW = __WASI_LOOKUPFLAGS_SYMLINK_FOLLOW;

static void attempt(struct componium_text *answer, const char *path) {
    __wasi_fd_t file;
    __wasi_errno_t error = folder_open(path, &file);
    answer_attempt(answer, error, "opened");
    if (error != __WASI_ERRNO_SUCCESS) return;
    if (folder_is_secret(file)) answer_add(answer, "secret");
    folder_close(file);
}

/* Defines an exported function that opens each path in turn. */
#define OPENS(name, ...) \
    void exports_hostile_##name(hostile_string_t *result) { \
        static const char *const PATHS[] = {__VA_ARGS__}; \
        struct componium_text answer = {0}; \
        for (size_t i = 0; i < sizeof PATHS / sizeof *PATHS; i++) attempt(&answer, PATHS[i]); \
        answer_give(&answer, result); \
    }

OPENS(open_parent, "..", "../", "../outside/secret.txt", "folder/../../outside/secret.txt", "./.././outside/secret.txt",
      "folder/..//..//outside/secret.txt", "folder/./.././../outside/secret.txt", "plain.txt/../../outside/secret.txt")
OPENS(open_absolute, "/", "/etc/passwd", "//etc/passwd", "/../etc/passwd", "/.")
OPENS(open_symlink_absolute, "absolute/secret.txt", "absolute", "root/etc/passwd", "secret-absolute")
OPENS(open_symlink_relative, "relative/secret.txt", "relative", "folder/../relative/secret.txt", "secret-relative")
OPENS(open_symlink_chained, "chain/secret.txt", "chain/../chain/secret.txt", "folder/hop/secret.txt",
      "within/../../outside")
OPENS(open_symlink_loop, "loop", "loop/secret.txt")
OPENS(open_proc, "proc/environ", "proc/root/etc/passwd", "proc/cwd", "proc/fd/0", "/proc/self/environ",
      "../../../../../../../../../../proc/self/environ")
OPENS(open_trailing_slash, "relative/", "relative/.", "absolute//", "secret-relative/", "..//", "chain/./")
OPENS(open_other_system, "..\\outside\\secret.txt", "C:\\Windows\\win.ini", "\\\\?\\C:\\", "//server/share",
      "plain.txt::$DATA", "\xef\xbc\x8e\xef\xbc\x8e/outside/secret.txt", "%2e%2e/outside/secret.txt", "~/.ssh/id_rsa")
OPENS(open_named_pipe, "pipe")
OPENS(open_without_grant, ".", "plain.txt", "/", "/etc/passwd", "../outside/secret.txt")

void exports_hostile_open_long_name(hostile_string_t *result) {
    struct componium_text answer = {0};
    static char path[1 << 20];
    memset(path, 'a', sizeof path - 1);
    attempt(&answer, path);
    path[300] = '\0';
    attempt(&answer, path);
    for (size_t i = 0; i + 3 < sizeof path; i += 3) memcpy(path + i, "../", 3);
    attempt(&answer, path);
    answer_give(&answer, result);
}

void exports_hostile_open_nul_name(hostile_string_t *result) {
    /* The length of a C string would hide what follows the zero: the call is made as wasi/api.h makes it. */
    static const char PATHS[][32] = {"plain.txt\0/../../outside", "../outside\0", "\0"};
    extern __wasi_errno_t path_open(__wasi_fd_t, int, const char *, size_t, int, int64_t, int64_t, int, __wasi_fd_t *)
        __attribute__((import_module("wasi_snapshot_preview1"), import_name("path_open")));
    struct componium_text answer = {0};
    for (size_t i = 0; i < sizeof PATHS / sizeof *PATHS; i++) {
        __wasi_fd_t file;
        answer_attempt(&answer, path_open(FOLDER, 1, PATHS[i], sizeof *PATHS, 0, 2, 2, 0, &file), "opened");
    }
    answer_give(&answer, result);
}

void exports_hostile_open_by_libc(hostile_string_t *result) {
    static const char *const PATHS[] = {"/../outside/secret.txt", "../outside/secret.txt", "/absolute/secret.txt",
                                        "/relative/secret.txt", "/proc/environ"};
    struct componium_text answer = {0};
    for (size_t i = 0; i < sizeof PATHS / sizeof *PATHS; i++) {
        FILE *file = fopen(PATHS[i], "rb");
        answer_add(&answer, file ? "opened" : strerror(errno));
        if (file) fclose(file);
    }
    answer_give(&answer, result);
}

void exports_hostile_look_outside(hostile_string_t *result) {
    static const char *const PATHS[] = {"..", "../outside/secret.txt", "relative", "absolute/secret.txt", "/etc"};
    struct componium_text answer = {0};
    for (size_t i = 0; i < sizeof PATHS / sizeof *PATHS; i++) {
        __wasi_filestat_t about;
        answer_attempt(&answer, __wasi_path_filestat_get(FOLDER, FOLLOW, PATHS[i], &about), "seen");
    }
    answer_give(&answer, result);
}

void exports_hostile_list_outside(hostile_string_t *result) {
    static const char *const PATHS[] = {"..", "relative", "absolute", "folder/../.."};
    const __wasi_rights_t LIST = __WASI_RIGHTS_FD_READDIR;
    struct componium_text answer = {0};
    for (size_t i = 0; i < sizeof PATHS / sizeof *PATHS; i++) {
        __wasi_fd_t folder;
        __wasi_errno_t error =
            __wasi_path_open(FOLDER, FOLLOW, PATHS[i], __WASI_OFLAGS_DIRECTORY, LIST, LIST, 0, &folder);
        answer_attempt(&answer, error, "listed");
    }
    answer_give(&answer, result);
}
