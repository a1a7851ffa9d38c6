// SPDX-License-Identifier: MIT
// XCLIENT and XFORWARD, by which a trusted MTA or proxy tells where mail really came from. Postfix defined
// them (XCLIENT_README, XFORWARD_README); there is no RFC.
#pragma once

#include "mail/envelope.h"
#include "mail/reply.h"

#include <optional>
#include <string>
#include <string_view>

namespace lmtp {

enum class AttributeCommand { xclient, xforward };

/// The LHLO line: the command's name and the attributes it takes.
std::string announcement(AttributeCommand command);

/// Reads "NAME=xtext ADDR=xtext ..." into `client`; [UNAVAILABLE] and [TEMPUNAVAIL] make a value empty.
/// Nothing when all is well, else 501 5.5.4, and `client` is as it was.
std::optional<mail::Reply> read_attributes(AttributeCommand command, std::string_view argument,
                                           mail::Client& client);

} // namespace lmtp
