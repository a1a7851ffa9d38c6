// SPDX-License-Identifier: MIT
// The charsets that mail is written in: labels as found in messages, and what iconv calls them. Not whatever
// iconv has: its rarer converters have looped and overflowed (CVE-2020-27618, CVE-2021-3326, CVE-2024-2961).
#pragma once

#include <array>
#include <string_view>
#include <utility>

namespace mail {

/// Label (lower case, letters and digits only) and iconv name, sorted by label. A label that is in practice
/// used for a superset (iso-8859-1, gb2312, ks_c_5601-1987, shift_jis) leads to that.
inline constexpr auto charset_names = std::to_array<std::pair<std::string_view, const char*>>({
    // clang-format off
    {"646", "US-ASCII"}, {"88591", "WINDOWS-1252"}, {"885915", "ISO-8859-15"}, {"88592", "ISO-8859-2"},
    {"ansi", "WINDOWS-1252"}, {"ansix341968", "US-ASCII"}, {"arabic", "ISO-8859-6"},
    {"armscii8", "ARMSCII-8"}, {"ascii", "US-ASCII"}, {"big5", "BIG5"}, {"big5hkscs", "BIG5-HKSCS"},
    {"cnbig5", "BIG5"}, {"cp1250", "CP1250"}, {"cp1251", "CP1251"}, {"cp1252", "WINDOWS-1252"},
    {"cp1253", "CP1253"}, {"cp1254", "CP1254"}, {"cp1255", "CP1255"}, {"cp1256", "CP1256"},
    {"cp1257", "CP1257"}, {"cp1258", "CP1258"}, {"cp367", "US-ASCII"},
    {"cp437", "CP437"}, {"cp737", "CP737"}, {"cp775", "CP775"}, {"cp819", "WINDOWS-1252"}, {"cp850", "CP850"},
    {"cp852", "CP852"}, {"cp855", "CP855"}, {"cp857", "CP857"}, {"cp858", "CP858"}, {"cp860", "CP860"},
    {"cp861", "CP861"}, {"cp862", "CP862"}, {"cp863", "CP863"}, {"cp864", "CP864"}, {"cp865", "CP865"},
    {"cp866", "CP866"}, {"cp869", "CP869"}, {"cp874", "CP874"}, {"cp932", "CP932"}, {"cp936", "GB18030"},
    {"cp949", "CP949"}, {"cp950", "CP950"}, {"csbig5", "BIG5"}, {"csgb2312", "GB18030"},
    {"csiso2022jp", "ISO-2022-JP"}, {"csshiftjis", "CP932"}, {"cyrillic", "ISO-8859-5"},
    {"dos874", "TIS-620"}, {"euccn", "GB18030"}, {"eucjp", "EUC-JP"}, {"euckr", "CP949"},
    {"euctw", "EUC-TW"}, {"gb18030", "GB18030"}, {"gb2312", "GB18030"}, {"gb231280", "GB18030"},
    {"gbk", "GB18030"}, {"georgianps", "GEORGIAN-PS"}, {"greek", "ISO-8859-7"}, {"hebrew", "ISO-8859-8"},
    {"ibm367", "US-ASCII"}, {"ibm437", "CP437"}, {"ibm737", "CP737"}, {"ibm775", "CP775"},
    {"ibm819", "WINDOWS-1252"}, {"ibm850", "CP850"}, {"ibm852", "CP852"}, {"ibm855", "CP855"},
    {"ibm857", "CP857"}, {"ibm858", "CP858"}, {"ibm860", "CP860"}, {"ibm861", "CP861"}, {"ibm862", "CP862"},
    {"ibm863", "CP863"}, {"ibm864", "CP864"}, {"ibm865", "CP865"}, {"ibm866", "CP866"}, {"ibm869", "CP869"},
    {"iso2022jp", "ISO-2022-JP"}, {"iso2022jp1", "ISO-2022-JP-2"}, {"iso2022jp2", "ISO-2022-JP-2"},
    {"iso2022kr", "ISO-2022-KR"}, {"iso646us", "US-ASCII"}, {"iso88591", "WINDOWS-1252"},
    {"iso885910", "ISO-8859-10"}, {"iso885911", "ISO-8859-11"}, {"iso885911987", "WINDOWS-1252"},
    {"iso885913", "ISO-8859-13"}, {"iso885914", "ISO-8859-14"}, {"iso885915", "ISO-8859-15"},
    {"iso885916", "ISO-8859-16"}, {"iso88592", "ISO-8859-2"}, {"iso88593", "ISO-8859-3"},
    {"iso88594", "ISO-8859-4"}, {"iso88595", "ISO-8859-5"}, {"iso88596", "ISO-8859-6"},
    {"iso88596i", "ISO-8859-6"}, {"iso88597", "ISO-8859-7"}, {"iso88598", "ISO-8859-8"},
    {"iso88598e", "ISO-8859-8"}, {"iso88598i", "ISO-8859-8"}, {"iso88599", "ISO-8859-9"},
    {"johab", "JOHAB"}, {"koi", "KOI8-R"}, {"koi8", "KOI8-R"}, {"koi8r", "KOI8-R"}, {"koi8ru", "KOI8-U"},
    {"koi8t", "KOI8-T"}, {"koi8u", "KOI8-U"}, {"korean", "CP949"}, {"ksc5601", "CP949"},
    {"ksc56011987", "CP949"}, {"ksc56011989", "CP949"}, {"ksx1001", "CP949"}, {"l1", "WINDOWS-1252"},
    {"latin0", "ISO-8859-15"}, {"latin1", "WINDOWS-1252"}, {"latin2", "ISO-8859-2"}, {"latin5", "ISO-8859-9"},
    {"latin6", "ISO-8859-10"}, {"latin9", "ISO-8859-15"}, {"mac", "MACINTOSH"},
    {"maccyrillic", "MAC-CYRILLIC"}, {"macintosh", "MACINTOSH"}, {"macroman", "MACINTOSH"},
    {"ms932", "CP932"}, {"ms936", "GB18030"}, {"mskanji", "CP932"},
    {"shiftjis", "CP932"}, {"sjis", "CP932"}, {"tcvn", "TCVN"}, {"tis620", "TIS-620"}, {"uhc", "CP949"},
    {"ujis", "EUC-JP"}, {"unicode11utf7", "UTF-7"}, {"unicode11utf8", "UTF-8"}, {"us", "US-ASCII"},
    {"usascii", "US-ASCII"}, {"utf16", "UTF-16"}, {"utf16be", "UTF-16BE"}, {"utf16le", "UTF-16LE"},
    {"utf32", "UTF-32"}, {"utf7", "UTF-7"}, {"utf8", "UTF-8"}, {"utf8mb4", "UTF-8"}, {"viscii", "VISCII"},
    {"win1250", "CP1250"}, {"win1251", "CP1251"}, {"win1252", "WINDOWS-1252"}, {"win1253", "CP1253"},
    {"win1254", "CP1254"}, {"win1255", "CP1255"}, {"win1256", "CP1256"}, {"win1257", "CP1257"},
    {"win1258", "CP1258"}, {"windows1250", "CP1250"}, {"windows1251", "CP1251"},
    {"windows1252", "WINDOWS-1252"}, {"windows1253", "CP1253"}, {"windows1254", "CP1254"},
    {"windows1255", "CP1255"}, {"windows1256", "CP1256"}, {"windows1257", "CP1257"},
    {"windows1258", "CP1258"}, {"windows31j", "CP932"}, {"windows874", "CP874"}, {"windows932", "CP932"},
    {"windows936", "GB18030"}, {"windows949", "CP949"}, {"windows950", "CP950"}, {"xcp1250", "CP1250"},
    {"xcp1251", "CP1251"}, {"xcp1252", "WINDOWS-1252"}, {"xcp1253", "CP1253"}, {"xcp1254", "CP1254"},
    {"xcp1255", "CP1255"}, {"xcp1256", "CP1256"}, {"xcp1257", "CP1257"}, {"xcp1258", "CP1258"},
    {"xeucjp", "EUC-JP"}, {"xgbk", "GB18030"}, {"xmaccyrillic", "MAC-CYRILLIC"}, {"xmacroman", "MACINTOSH"},
    {"xsjis", "CP932"}, {"xunicode20utf8", "UTF-8"}, {"xwindows949", "CP949"}, {"xxbig5", "BIG5"},
    // clang-format on
});

} // namespace mail
