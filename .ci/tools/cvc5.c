/* cvc5 as a command: hands its arguments and its standard streams to `cvc5.py`, whose socket lies beside it, and waits. */
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

int main(int argc, char **argv) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  ssize_t size = readlink("/proc/self/exe", address.sun_path, sizeof address.sun_path);
  const char *end = ".socket";
  if (size < 0 || size + strlen(end) >= sizeof address.sun_path) return 2;
  strcpy(address.sun_path + size, end);
  int server = socket(AF_UNIX, SOCK_STREAM, 0);
  if (connect(server, (struct sockaddr *)&address, sizeof address) != 0) {
    perror(address.sun_path);
    return 2;
  }

  char arguments[4096] = "";
  size_t length = 1; /* a message of no bytes would carry no streams */
  for (int i = 1; i < argc; i++) {
    size_t bytes = strlen(argv[i]) + 1;
    if (length + bytes > sizeof arguments) return 2;
    memcpy(arguments + length, argv[i], bytes);
    length += bytes;
  }

  int streams[] = {STDIN_FILENO, STDOUT_FILENO};
  union {
    struct cmsghdr aligned;
    char bytes[CMSG_SPACE(sizeof streams)];
  } control = {0};
  struct iovec part = {.iov_base = arguments, .iov_len = length};
  struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = control.bytes, .msg_controllen = sizeof control.bytes};
  struct cmsghdr *header = CMSG_FIRSTHDR(&message);
  header->cmsg_level = SOL_SOCKET;
  header->cmsg_type = SCM_RIGHTS;
  header->cmsg_len = CMSG_LEN(sizeof streams);
  memcpy(CMSG_DATA(header), streams, sizeof streams);
  if (sendmsg(server, &message, 0) != (ssize_t)length) return 2;
  for (size_t i = 0; i < sizeof streams / sizeof *streams; i++) close(streams[i]);

  char done;
  return read(server, &done, 1) == 1 ? 0 : 1;
}
