# SPDX-License-Identifier: MIT
if not size :under 1M { discard; }
