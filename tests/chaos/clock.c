/* A system clock that can be moved: preloaded into a worker, it adds the seconds that stand in the file CHAOS_CLOCK.

   Only what tells the time of day is wrong. The monotonic clock, and with it every sleep and timeout, stays as it is,
   as on a machine whose time somebody corrects (libfaketime, asked for that, lets sleeps fail). */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static int (*right)(clockid_t, struct timespec *);
static const volatile long long *wrong;

/* The file is shared memory: children see what is written into it at once. */
__attribute__((constructor)) static void read_file(void) {
  const char *path = getenv("CHAOS_CLOCK");
  int file = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
  if (file < 0) return;
  void *found = mmap(NULL, sizeof *wrong, PROT_READ, MAP_SHARED, file, 0);
  close(file);
  if (found != MAP_FAILED) wrong = found;
}

int clock_gettime(clockid_t id, struct timespec *at) {
  if (!right) right = (int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime");
  int failed = right(id, at);
  if (!failed && wrong && (id == CLOCK_REALTIME || id == CLOCK_REALTIME_COARSE)) at->tv_sec += *wrong;
  return failed;
}

int gettimeofday(struct timeval *restrict at, void *restrict zone) {
  (void)zone;
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  at->tv_sec = now.tv_sec;
  at->tv_usec = now.tv_nsec / 1000;
  return 0;
}

time_t time(time_t *at) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  if (at) *at = now.tv_sec;
  return now.tv_sec;
}
