// SPDX-License-Identifier: MIT
#include "delivery/child_body.h"

#include "base/limits.h"
#include "base/log.h"
#include "base/process.h"
#include "base/sanitizer.h"
#include "delivery/errors.h"
#include "delivery/privileges.h"

#include <exception>

namespace delivery {

namespace {

void limit_resources(const ChildLimits& limits, std::size_t message_size) {
  base::ResourceLimits own;
  own.core_octets.reset(); // set by expect_mail()
  own.cpu_seconds = limits.cpu_seconds;
#ifdef LASTMILE_SANITIZED
  (void)message_size;
#else
  own.memory_octets = limits.memory + 8 * message_size; // the mapping, and copies that a script's edits make
#endif
  if (limits.file_size != 0) own.file_octets = limits.file_size;
  base::set_limits(own);
}

void log_failure(const User& user, const char* what) {
  base::log(base::LogLevel::error, "delivery failed", {{"user", user.name}, {"error", what}});
}

} // namespace

int child_body(const Settings& settings, const User& user, std::optional<gid_t> mail_group,
               std::size_t message_size, Channel& channel, const std::function<void()>& work) {
  try {
    base::leave_standard_streams();
    limit_resources(settings.limits, message_size);
    become(user, mail_group);
    work();
    return 0;
  } catch (const Replaced& replaced) {
    channel.again(replaced.reply());
  } catch (const Failure& failure) {
    log_failure(user, failure.what());
    channel.reply(failure.reply());
  } catch (const std::system_error& error) {
    log_failure(user, error.what());
    channel.reply(reply_for(error.code(), settings.quota_full));
  } catch (const std::exception& error) {
    log_failure(user, error.what());
    if (channel.is_staging()) channel.reply(internal_error());
    return 1;
  }
  return 0;
}

} // namespace delivery
