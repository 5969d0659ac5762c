/*
 * A recorder for LD_PRELOAD: it notes, in order, everything that a program does to the files of one folder,
 * and what it says on standard output and on sockets. It can also end the program right before one of those
 * calls, as SIGKILL does. Linux only; the calls go to the kernel directly, so it needs no dlsym.
 *
 *   BELAY_RECORDER_ROOT  the folder, absolute and without links
 *   BELAY_RECORDER_LOG   where the notes go; src/log.rs reads them
 *   BELAY_RECORDER_KILL  number of the call that does not happen any more; counted from 1
 *   BELAY_RECORDER_TEAR  if set, half of that call happens when it is a write
 *
 * The index of SQLite's log (-shm) is left out: it is memory that several processes share, rebuilt after a
 * crash. That nothing else escapes the recorder is checked by comparing what the notes add up to with the
 * folder (src/disk.rs).
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum kind {
    OPENED = 1, CLOSED, WROTE, CUT, SYNCED, UNLINKED, RENAMED, LINKED, MADE_DIR, REMOVED_DIR, SAID, SENT
};

#define FDS 65536
#define WATCHED 1
#define APPENDS 2

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static unsigned char fds[FDS];
static const char *root;
static size_t root_len;
static int log_fd = -1;
static unsigned long long calls, kill_at;
static int tear;

__attribute__((constructor)) static void begin(void) {
    const char *where = getenv("BELAY_RECORDER_ROOT"), *log = getenv("BELAY_RECORDER_LOG");
    const char *at = getenv("BELAY_RECORDER_KILL");
    if (!where || !log) return;
    int fd = (int)syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    /* Out of the way of the program's own descriptors. */
    log_fd = fd < 0 ? fd : fcntl(fd, F_DUPFD_CLOEXEC, 900);
    if (log_fd < 0) abort();
    syscall(SYS_close, fd);
    kill_at = at ? strtoull(at, NULL, 10) : 0;
    tear = getenv("BELAY_RECORDER_TEAR") != NULL;
    root_len = strlen(where);
    root = where;
}

static int within(const char *path) {
    size_t len = strlen(path);
    if (!root || strncmp(path, root, root_len) != 0 || (path[root_len] != '/' && path[root_len])) return 0;
    return len < 4 || strcmp(path + len - 4, "-shm") != 0;
}

static int watched(int fd) { return root && fd >= 0 && fd < FDS && (fds[fd] & WATCHED); }

static int is_socket(int fd) {
    struct stat at;
    return root && fstat(fd, &at) == 0 && S_ISSOCK(at.st_mode);
}

/* One note: kind, descriptor, a number, two lengths, two runs of bytes. The second may come in pieces. */
static void note(enum kind kind, int fd, uint64_t number, const void *first, size_t first_len,
                 const struct iovec *parts, int count, size_t second_len) {
    struct __attribute__((packed)) {
        uint8_t kind;
        int32_t fd;
        uint64_t number;
        uint32_t first, second;
    } head = {(uint8_t)kind, fd, number, (uint32_t)first_len, (uint32_t)second_len};
    struct iovec all[IOV_MAX];
    size_t total = sizeof head + first_len + second_len, left = second_len;
    int used = 2;
    all[0] = (struct iovec){&head, sizeof head};
    all[1] = (struct iovec){(void *)first, first_len};
    for (int i = 0; i < count && left > 0 && used < IOV_MAX; i++) {
        size_t len = parts[i].iov_len < left ? parts[i].iov_len : left;
        all[used++] = (struct iovec){parts[i].iov_base, len};
        left -= len;
    }
    int kept = errno;
    if (left > 0 || syscall(SYS_writev, log_fd, all, used) != (long)total) abort();
    errno = kept;
}

static void note_path(enum kind kind, const char *one, const char *two) {
    struct iovec part = {(void *)two, two ? strlen(two) : 0};
    note(kind, -1, 0, one, strlen(one), &part, 1, part.iov_len);
}

/* Takes the lock and counts a call that is about to happen; the one to be killed at never does. */
static void enter(int fd, const void *bytes, size_t len, off_t at) {
    pthread_mutex_lock(&lock);
    if (++calls != kill_at) return;
    if (tear && len > 1) syscall(SYS_pwrite64, fd, bytes, len / 2, at);
    syscall(SYS_kill, getpid(), SIGKILL);
    for (;;) pause();
}

static void leave(void) {
    int kept = errno;
    pthread_mutex_unlock(&lock);
    errno = kept;
}

static int open_noted(int dir, const char *path, int flags, mode_t mode) {
    if (!within(path)) return (int)syscall(SYS_openat, dir, path, flags, mode);
    if (flags & (O_CREAT | O_TRUNC)) enter(-1, NULL, 0, 0);
    else pthread_mutex_lock(&lock);
    int fd = (int)syscall(SYS_openat, dir, path, flags, mode);
    if (fd >= FDS) abort();
    if (fd >= 0) {
        fds[fd] = (unsigned char)(WATCHED | (flags & O_APPEND ? APPENDS : 0));
        note(OPENED, fd, (uint64_t)(flags & O_TRUNC ? 1 : 0), path, strlen(path), NULL, 0, 0);
    }
    leave();
    return fd;
}

#define OPEN(name, params, dir)                                    \
    int name params {                                              \
        mode_t mode = 0;                                           \
        if (flags & (O_CREAT | __O_TMPFILE)) {                     \
            va_list rest;                                          \
            va_start(rest, flags);                                 \
            mode = va_arg(rest, mode_t);                           \
            va_end(rest);                                          \
        }                                                          \
        return open_noted(dir, path, flags, mode);                 \
    }
OPEN(open, (const char *path, int flags, ...), AT_FDCWD)
OPEN(open64, (const char *path, int flags, ...), AT_FDCWD)
OPEN(openat, (int dir, const char *path, int flags, ...), dir)
OPEN(openat64, (int dir, const char *path, int flags, ...), dir)

int close(int fd) {
    if (!watched(fd)) return (int)syscall(SYS_close, fd);
    pthread_mutex_lock(&lock);
    fds[fd] = 0;
    note(CLOSED, fd, 0, NULL, 0, NULL, 0, 0);
    int result = (int)syscall(SYS_close, fd);
    leave();
    return result;
}

static ssize_t pwrite_noted(int fd, const void *bytes, size_t len, off_t at) {
    if (!watched(fd)) return syscall(SYS_pwrite64, fd, bytes, len, at);
    enter(fd, bytes, len, at);
    ssize_t wrote = syscall(SYS_pwrite64, fd, bytes, len, at);
    struct iovec part = {(void *)bytes, len};
    if (wrote > 0) note(WROTE, fd, (uint64_t)at, NULL, 0, &part, 1, (size_t)wrote);
    leave();
    return wrote;
}

ssize_t pwrite(int fd, const void *bytes, size_t len, off_t at) { return pwrite_noted(fd, bytes, len, at); }
ssize_t pwrite64(int fd, const void *bytes, size_t len, off_t at) { return pwrite_noted(fd, bytes, len, at); }

ssize_t writev(int fd, const struct iovec *parts, int count) {
    int file = watched(fd), said = root && fd == STDOUT_FILENO, sent = !file && !said && is_socket(fd);
    if (!file && !said && !sent) return syscall(SYS_writev, fd, parts, count);
    off_t at = 0;
    if (file) at = lseek(fd, 0, fds[fd] & APPENDS ? SEEK_END : SEEK_CUR);
    enter(fd, file && count > 0 ? parts[0].iov_base : NULL, file && count > 0 ? parts[0].iov_len : 0, at);
    ssize_t wrote = syscall(SYS_writev, fd, parts, count);
    enum kind kind = file ? WROTE : said ? SAID : SENT;
    if (wrote > 0) note(kind, fd, (uint64_t)at, NULL, 0, parts, count, (size_t)wrote);
    leave();
    return wrote;
}

ssize_t write(int fd, const void *bytes, size_t len) {
    if (!root) return syscall(SYS_write, fd, bytes, len);
    struct iovec part = {(void *)bytes, len};
    return writev(fd, &part, 1);
}

ssize_t sendto(int fd, const void *bytes, size_t len, int flags, const struct sockaddr *to, socklen_t to_len) {
    if (!root) return syscall(SYS_sendto, fd, bytes, len, flags, to, to_len);
    enter(-1, NULL, 0, 0);
    ssize_t sent = syscall(SYS_sendto, fd, bytes, len, flags, to, to_len);
    struct iovec part = {(void *)bytes, len};
    if (sent > 0) note(SENT, fd, 0, NULL, 0, &part, 1, (size_t)sent);
    leave();
    return sent;
}

ssize_t send(int fd, const void *bytes, size_t len, int flags) { return sendto(fd, bytes, len, flags, NULL, 0); }

static int ftruncate_noted(int fd, off_t len) {
    if (!watched(fd)) return (int)syscall(SYS_ftruncate, fd, len);
    enter(-1, NULL, 0, 0);
    int result = (int)syscall(SYS_ftruncate, fd, len);
    if (result == 0) note(CUT, fd, (uint64_t)len, NULL, 0, NULL, 0, 0);
    leave();
    return result;
}

int ftruncate(int fd, off_t len) { return ftruncate_noted(fd, len); }
int ftruncate64(int fd, off_t len) { return ftruncate_noted(fd, len); }

static int sync_noted(long call, int fd) {
    if (!watched(fd)) return (int)syscall(call, fd);
    enter(-1, NULL, 0, 0);
    int result = (int)syscall(call, fd);
    if (result == 0) note(SYNCED, fd, 0, NULL, 0, NULL, 0, 0);
    leave();
    return result;
}

int fsync(int fd) { return sync_noted(SYS_fsync, fd); }
int fdatasync(int fd) { return sync_noted(SYS_fdatasync, fd); }

int unlinkat(int dir, const char *path, int flags) {
    if (!within(path)) return (int)syscall(SYS_unlinkat, dir, path, flags);
    enter(-1, NULL, 0, 0);
    int result = (int)syscall(SYS_unlinkat, dir, path, flags);
    if (result == 0) note_path(flags & AT_REMOVEDIR ? REMOVED_DIR : UNLINKED, path, NULL);
    leave();
    return result;
}

int unlink(const char *path) { return unlinkat(AT_FDCWD, path, 0); }
int rmdir(const char *path) { return unlinkat(AT_FDCWD, path, AT_REMOVEDIR); }

int rename(const char *from, const char *to) {
    if (!within(from)) return (int)syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
    enter(-1, NULL, 0, 0);
    int result = (int)syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
    if (result == 0) note_path(RENAMED, from, to);
    leave();
    return result;
}

int linkat(int from_dir, const char *from, int to_dir, const char *to, int flags) {
    if (!within(from)) return (int)syscall(SYS_linkat, from_dir, from, to_dir, to, flags);
    enter(-1, NULL, 0, 0);
    int result = (int)syscall(SYS_linkat, from_dir, from, to_dir, to, flags);
    if (result == 0) note_path(LINKED, from, to);
    leave();
    return result;
}

int link(const char *from, const char *to) { return linkat(AT_FDCWD, from, AT_FDCWD, to, 0); }

int mkdir(const char *path, mode_t mode) {
    if (!within(path)) return (int)syscall(SYS_mkdirat, AT_FDCWD, path, mode);
    enter(-1, NULL, 0, 0);
    int result = (int)syscall(SYS_mkdirat, AT_FDCWD, path, mode);
    if (result == 0) note_path(MADE_DIR, path, NULL);
    leave();
    return result;
}
