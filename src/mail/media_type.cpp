// SPDX-License-Identifier: MIT
// All of libmagic is behind this file. What it reads is an attacker's, and its parsers have a record of
// faults: they get no more than a megabyte, small limits, no decompression, and none of the ones that say
// little about mail.
#include "mail/media_type.h"

#include "base/library.h"
#include "config.h"

namespace mail {

static constexpr const char* unknown_type = "application/octet-stream";

} // namespace mail

#ifdef HAVE_MAGIC

#include <cstdlib>
#include <magic.h>
#include <memory>
#include <optional>

namespace mail {

namespace {

struct Magic {
  base::Library library{SONAME_MAGIC};
  BASE_FUNCTION(library, magic_buffer);
  BASE_FUNCTION(library, magic_close);
  BASE_FUNCTION(library, magic_error);
  BASE_FUNCTION(library, magic_load);
  BASE_FUNCTION(library, magic_open);
  BASE_FUNCTION(library, magic_setflags);
  BASE_FUNCTION(library, magic_setparam);
};

const Magic& loaded() {
  static const Magic functions;
  return functions;
}

constexpr std::size_t looked_at = std::size_t{1} << 20;

// Takes a variable out of the environment for a while: libmagic would read databases that $MAGIC names or
// that lie in $HOME.
class WithoutVariable {
public:
  explicit WithoutVariable(const char* name) : name_(name) {
    if (const char* const value = std::getenv(name)) value_ = value;
    unsetenv(name);
  }
  WithoutVariable(const WithoutVariable&) = delete;
  WithoutVariable& operator=(const WithoutVariable&) = delete;
  ~WithoutVariable() {
    if (value_) setenv(name_, value_->c_str(), 1);
  }

private:
  const char* name_;
  std::optional<std::string> value_;
};

// The compound document reader (CDF) stays on: without it every older Office file would be just "CDFV2".
constexpr int checks = MAGIC_NO_CHECK_COMPRESS | MAGIC_NO_CHECK_ELF | MAGIC_NO_CHECK_APPTYPE;

void set_limit(magic_t handle, int parameter, std::size_t value) {
  loaded().magic_setparam(handle, parameter,
                          &value); // a version that does not know the parameter keeps its own limit
}

void set_limits(magic_t handle) {
  set_limit(handle, MAGIC_PARAM_INDIR_MAX, 15);
  set_limit(handle, MAGIC_PARAM_NAME_MAX, 50);
  set_limit(handle, MAGIC_PARAM_ELF_PHNUM_MAX, 128);
  set_limit(handle, MAGIC_PARAM_ELF_SHNUM_MAX, 1024);
  set_limit(handle, MAGIC_PARAM_ELF_NOTES_MAX, 64);
  set_limit(handle, MAGIC_PARAM_REGEX_MAX, 8192);
  set_limit(handle, MAGIC_PARAM_BYTES_MAX, looked_at);
}

struct Close {
  void operator()(magic_t handle) const { loaded().magic_close(handle); }
};

class Detector {
public:
  Detector() {
    if (!loaded().library.loaded()) {
      error_ = "libmagic is not installed";
      return;
    }
    handle_.reset(loaded().magic_open(checks));
    if (!handle_) {
      error_ = "libmagic: out of memory";
      return;
    }
    set_limits(handle_.get());
    const WithoutVariable magic("MAGIC"), home("HOME");
    if (loaded().magic_load(handle_.get(), nullptr) != 0) error_ = reason();
  }

  const std::string& error() const { return error_; }

  // The answer of one kind, or nothing and the reason in `error`.
  std::string ask(std::string_view octets, int kind, std::string& error) {
    loaded().magic_setflags(handle_.get(), kind | checks);
    const char* const answer = loaded().magic_buffer(handle_.get(), octets.data(), octets.size());
    if (answer) return answer;
    error = reason();
    return {};
  }

private:
  std::string reason() const {
    const char* const text = loaded().magic_error(handle_.get());
    return std::string("libmagic: ") + (text ? text : "unknown error");
  }

  std::unique_ptr<std::remove_pointer_t<magic_t>, Close> handle_;
  std::string error_;
};

} // namespace

Detected detect(std::string_view octets, Aspect aspect) {
  static Detector detector; // magic_load maps eight megabytes: once, and only if somebody asks
  Detected result{{}, detector.error()};
  if (octets.empty()) octets = std::string_view("", 0);
  if (result.error.empty()) {
    const int kinds[] = {MAGIC_MIME_TYPE, MAGIC_NONE, MAGIC_EXTENSION};
    result.text = detector.ask(octets.substr(0, looked_at), kinds[static_cast<int>(aspect)], result.error);
  }
  if (aspect == Aspect::media_type && result.text.find('/') == std::string::npos) result.text = unknown_type;
  if (aspect == Aspect::extensions && result.text == "???") result.text.clear();
  return result;
}

} // namespace mail

#else

namespace mail {

Detected detect(std::string_view, Aspect aspect) {
  return {aspect == Aspect::media_type ? unknown_type : "", "built without libmagic"};
}

} // namespace mail

#endif
