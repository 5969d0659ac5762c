// Swift 6.0's Observation library on Linux refers to swift::threading::fatal(char const *, ...), which
// no library of that toolchain offers (swiftlang/swift#75670). It is called only when a lock is broken.
// A C function can carry the C++ name as it is; newer toolchains bring their own and do not look here.
#if defined(__linux__)
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

__attribute__((noreturn, visibility("default")))
void _ZN5swift9threading5fatalEPKcz(const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  vfprintf(stderr, format, arguments);
  va_end(arguments);
  abort();
}
#endif
