# SPDX-License-Identifier: MIT
require "foreverypart";
foreverypart { foreverypart { foreverypart { foreverypart { foreverypart { keep; } } } } }
