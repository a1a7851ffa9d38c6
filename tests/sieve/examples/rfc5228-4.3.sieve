# SPDX-License-Identifier: MIT
if size :under 1M { keep; } else { discard; }
