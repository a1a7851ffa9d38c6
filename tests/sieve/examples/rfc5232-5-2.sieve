# SPDX-License-Identifier: MIT
require ["fileinto"];
fileinto "INBOX.From Boss";
