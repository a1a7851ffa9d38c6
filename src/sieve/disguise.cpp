// SPDX-License-Identifier: MIT
#include "sieve/disguise.h"

#include "base/ascii.h"
#include "base/utf8.h"

#include <algorithm>
#include <cstdint>
#include <string>

namespace sieve {

namespace {

enum Kind : unsigned {
  text = 1,
  pdf = 2,
  postscript = 4,
  image = 8,
  media = 16, // sound and film
  archive = 32,
  zip = 64, // and what is one inside
  office = 128,
  font = 256,
  program = 512,
  other = 1024, // definite, and none of these
};

struct Family {
  /// Media types, and the endings of file names; a word that ends in * is a beginning.
  std::string_view types, endings;
  unsigned is;     // kinds of what libmagic calls so
  unsigned may_be; // kinds that an honest sender calls so
};

/// The first that fits counts.
constexpr Family families[] = {
    {"application/x-dosexec application/vnd.microsoft.portable-executable application/x-msdownload "
     "application/x-msdos-program application/x-executable application/x-pie-executable "
     "application/x-sharedlib application/x-object application/x-coredump application/x-elf "
     "application/x-mach-binary application/x-java-applet application/x-ms-shortcut "
     "application/vnd.ms-htmlhelp application/exe application/x-exe application/x-winexe",
     "exe dll scr pif cpl sys ocx lnk chm class bat cmd vbs ps1 hta elf so o run", program,
     program | text | archive},
    {"application/x-msi application/x-ms-installer", "msi msp", program, program | office | archive},
    {"application/pdf application/x-pdf application/acrobat", "pdf", pdf, pdf},
    {"application/illustrator application/vnd.adobe.illustrator", "ai", pdf | postscript,
     pdf | postscript | text},
    {"application/postscript image/x-eps application/eps application/x-eps image/eps", "ps eps epsf",
     postscript | text, postscript | pdf | text | image},
    {"image/svg+xml image/svg", "svg svgz", text, text | image | archive},
    {"image/wmf image/emf image/x-wmf image/x-emf application/x-msmetafile application/emf application/wmf",
     "wmf emf wmz emz", image, image | archive},
    {"image/heic* image/heif* image/avif*", "heic heif avif", image | media, image | media},
    {"image/* application/photoshop application/x-photoshop application/x-xcf",
     "png jpg jpeg jpe jfif gif bmp dib tif tiff webp ico cur psd xcf tga jp2 jpx j2k djvu djv dng nef cr2 "
     "arw "
     "pcx pbm pgm ppm pnm xpm xbm jxl",
     image, image},
    {"audio/* video/* application/ogg application/mp4 application/x-matroska application/vnd.rn-realmedia "
     "application/x-mpegurl",
     "mp3 mp2 m4a m4b aac wav aif aiff flac ogg oga opus amr mid midi wma mp4 m4v mov qt avi mkv webm mpg "
     "mpeg wmv "
     "3gp 3g2 flv ogv",
     media, media},
    {"text/rtf application/rtf application/x-rtf", "rtf", office | text, office | text | zip},
    {"application/vnd.openxmlformats-officedocument.* application/vnd.oasis.opendocument.* "
     "application/vnd.ms-word.* application/vnd.ms-excel.* application/vnd.ms-powerpoint.* "
     "application/vnd.ms-visio.* application/vnd.sun.xml.* application/x-iwork*",
     "docx docm dotx dotm xlsx xlsm xlsb xltx pptx pptm ppsx potx vsdx odt ods odp odg odf ott ots otp sxw "
     "sxc pages "
     "numbers hwpx",
     office | zip | archive, office | zip},
    {"application/msword application/vnd.ms-excel application/vnd.ms-powerpoint application/vnd.ms-office "
     "application/x-ole-storage application/cdfv2* application/encrypted application/vnd.ms-outlook "
     "application/vnd.visio application/x-mspublisher application/vnd.ms-publisher "
     "application/vnd.ms-project "
     "application/vnd.ms-works application/x-hwp application/haansofthwp application/ms-tnef "
     "application/vnd.ms-tnef application/onenote application/msonenote application/x-msaccess "
     "application/msexcel application/x-msexcel application/mspowerpoint application/x-excel",
     "doc dot xls xlt xla ppt pps pot vsd pub mpp wps msg hwp one mdb accdb", office, office | zip | text},
    {"application/epub+zip application/java-archive application/x-java-archive "
     "application/vnd.android.package-archive application/x-xpinstall application/vnd.google-earth.kmz "
     "application/vnd.ms-xpsdocument application/oxps application/x-zip* application/zip multipart/x-zip",
     "zip epub jar war ear apk xpi kmz xps oxps 3mf cbz ipa whl idml sketch", zip | archive, zip | archive},
    {"application/gzip application/x-gzip application/x-bzip* application/x-xz application/x-lzma "
     "application/x-tar "
     "application/x-gtar application/x-compressed-tar application/x-7z-compressed application/vnd.rar "
     "application/x-rar* application/zstd application/x-zstd application/x-lz4 application/zlib "
     "application/x-compress* "
     "application/x-arj application/x-lha application/x-lzh* application/vnd.ms-cab-compressed "
     "application/x-cab "
     "application/x-stuffit* application/x-xar application/x-cpio application/x-archive application/x-rpm "
     "application/vnd.debian.binary-package application/x-debian-package application/x-iso9660-image "
     "application/x-apple-diskimage application/x-ace* application/x-virtualbox-* application/x-qemu-disk",
     "gz tgz bz2 tbz tbz2 xz txz lzma tar 7z rar zst lz4 z arj lha lzh cab sit xar cpio rpm deb iso dmg ace",
     archive, archive},
    {"font/* application/font-* application/x-font-* application/vnd.ms-fontobject "
     "application/vnd.ms-opentype",
     "ttf otf ttc woff woff2 eot", font, font},
    {"text/* message/* application/json application/*+json application/*+xml application/xml "
     "application/javascript application/x-javascript application/ecmascript application/x-sh "
     "application/x-shellscript application/x-perl application/x-python* application/x-php "
     "application/x-ruby "
     "application/x-tex application/x-latex application/sql application/x-sql application/x-yaml "
     "application/yaml "
     "application/x-ndjson application/csv application/ics application/mbox application/x-subrip "
     "application/x-httpd-php application/xhtml application/x-setupscript application/x-mswinurl "
     "application/x-wine-extension-ini application/toml application/pgp-keys application/pgp-signature "
     "application/pgp-encrypted application/x-ndjson",
     "txt text csv tsv json jsonl xml xsl html htm xhtml shtml css js mjs ics vcf vcard md rst log ini cfg "
     "conf "
     "toml yaml yml sql sh py pl rb php java c h cc cpp cs go rs tex bib srt vtt diff patch eml asc pem crt",
     text, text},
};

bool is_word(std::string_view words, std::string_view wanted) {
  for (const auto word : base::words(words)) {
    const auto star = word.find('*');
    if (star == std::string_view::npos
            ? word == wanted
            : wanted.size() + 1 >= word.size() && wanted.starts_with(word.substr(0, star)) &&
                  wanted.ends_with(word.substr(star + 1)))
      return true;
  }
  return false;
}

const Family* family_of_type(std::string_view type) {
  const auto found = std::find_if(std::begin(families), std::end(families),
                                  [&](const Family& family) { return is_word(family.types, type); });
  return found == std::end(families) ? nullptr : found;
}

/// Blanks and dots at the end are dropped by the systems that go by endings.
const Family* family_of_name(std::string_view name) {
  while (!name.empty() && (name.back() == '.' || base::is_space(name.back()))) name.remove_suffix(1);
  const auto dot = name.rfind('.');
  if (dot == std::string_view::npos) return nullptr;
  const std::string ending = base::lower(name.substr(dot + 1));
  const auto found = std::find_if(std::begin(families), std::end(families),
                                  [&](const Family& family) { return is_word(family.endings, ending); });
  return found == std::end(families) ? nullptr : found;
}

/// Signatures of two octets are met in prose too ("MZ", "BM"): what reads as text is text.
bool reads_as_text(std::string_view octets) {
  if (octets.starts_with("\xff\xfe") || octets.starts_with("\xfe\xff")) return true;
  const bool cut = octets.size() > 4096;
  octets = octets.substr(0, 4096);
  const auto odd = [](char c) {
    return base::is_control(c) && !base::is_space(c) && c != '\f' && c != '\x1b';
  };
  if (octets.empty() || std::any_of(octets.begin(), octets.end(), odd)) return false;
  while (cut && !octets.empty() && static_cast<unsigned char>(octets.back()) >= 0x80) octets.remove_suffix(1);
  return base::is_utf8(octets);
}

unsigned kinds_of(std::string_view detected, std::string_view octets) {
  const std::string type = base::lower(detected);
  const Family* family = family_of_type(type);
  const bool definite = type != "application/octet-stream" && type.find("empty") == std::string::npos;
  if (family == nullptr) return definite ? unsigned{other} : 0;
  constexpr unsigned may_be_text = text | pdf | postscript | office;
  return (family->is & may_be_text) == 0 && reads_as_text(octets) ? unsigned{text} : family->is;
}

/// "invoice\u202Efdp.exe" shows as "invoiceexe.pdf".
bool hides_ending(std::string_view name) { return name.find("\xe2\x80\xae") != std::string_view::npos; }

} // namespace

bool is_disguised(const Label& label, std::string_view type, std::string_view octets) {
  const unsigned kinds = kinds_of(type, octets);
  const auto belies = [&](const Family* claim) {
    // Of the types that the table does not know, some may well be what office files and pictures are made of.
    if (claim == nullptr || (kinds == other && claim->may_be != pdf)) return false;
    return (claim->may_be & kinds) == 0;
  };
  const Family* named = family_of_name(label.file_name);
  if (hides_ending(label.file_name) && named != nullptr && named->is == program) return true;
  return kinds != 0 && (belies(family_of_type(label.media_type)) || belies(named));
}

} // namespace sieve
