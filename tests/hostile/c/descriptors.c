/* Uses descriptors that nobody gave to the guest, and takes as many as it can. */
#include "answer.h"
#include "folder.h"

void exports_hostile_forge_descriptors(hostile_string_t *result) {
    static const __wasi_fd_t FIRST = 4; /* after the granted folder */
    struct componium_text answer = {0};
    for (__wasi_fd_t i = 0; i < 2000; i++) {
        __wasi_fd_t forged = i < 1000 ? FIRST + i : UINT32_MAX - (i - 1000);
        __wasi_fdstat_t about;
        __wasi_fd_t opened;
        answer_attempt(&answer, __wasi_fd_fdstat_get(forged, &about), "seen");
        answer_attempt(&answer, __wasi_path_open(forged, 0, "plain.txt", 0, 2, 2, 0, &opened), "opened");
        answer_attempt(&answer, __wasi_fd_close(forged), "closed");
    }
    answer_give(&answer, result);
}

void exports_hostile_flood_descriptors(hostile_string_t *result) {
    struct componium_text answer = {0};
    __wasi_errno_t error = __WASI_ERRNO_SUCCESS;
    for (unsigned i = 0; error == __WASI_ERRNO_SUCCESS && i < 1000000; i++) {
        __wasi_fd_t file;
        error = folder_open("plain.txt", &file);
    }
    answer_attempt(&answer, error, "a million files");
    answer_give(&answer, result);
}
