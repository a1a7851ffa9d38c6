// SPDX-License-Identifier: MIT
// vnd.lastmile.magic on real attachments: what they are, and which labels are lies. A label is written
// "type/subtype file name"; "-" stands for no Content-Type at all.
#include "support.h"

#include "base/file.h"
#include "config.h"
#include "mail/compose.h"
#include "mail/media_type.h"
#include "support/catch.h"

#include <vector>

#ifdef HAVE_MAGIC

using namespace sieve::test;

namespace {

using Labels = std::vector<std::string>;

std::string octets_of(const std::string& file) {
  return base::read_whole_file(TEST_ATTACHMENTS "/" + file, 1 << 20);
}

/// A message with one attachment.
std::string mail_with(const std::string& file, const std::string& label) {
  const auto blank = label.find(' ');
  const std::string type = label.substr(0, blank);
  const std::string name = blank == std::string::npos ? "" : label.substr(blank + 1);
  return "From: a@example.org\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\n"
         "See below.\n--b\n" +
         (type == "-" ? "" : "Content-Type: " + type + "\n") +
         (name.empty() ? "" : "Content-Disposition: attachment; filename=\"" + name + "\"\n") +
         "Content-Transfer-Encoding: base64\n\n" + mail::encode_base64(octets_of(file)) + "\n--b--\n";
}

bool disguised(const std::string& file, const std::string& label) {
  INFO(file << " is " << mail::detect(octets_of(file), mail::Aspect::media_type).text << ", labelled "
            << label);
  return holds("\"vnd.lastmile.magic\"", "disguised", mail_with(file, label));
}

void honest(const std::string& file, const Labels& labels) {
  for (const auto& label : labels) {
    INFO(file << " labelled " << label);
    CHECK_FALSE(disguised(file, label));
  }
  CHECK_FALSE(disguised(file, "application/octet-stream"));
  CHECK_FALSE(disguised(file, "application/octet-stream " + file));
  CHECK_FALSE(disguised(file, "- " + file));
  CHECK_FALSE(disguised(file, "application/x-never-heard-of data.bin"));
}

void lies(const std::string& file, const Labels& labels) {
  for (const auto& label : labels) {
    INFO(file << " labelled " << label);
    CHECK(disguised(file, label));
  }
}

const Labels documents = {"application/pdf invoice.pdf", "application/octet-stream invoice.pdf",
                          "application/pdf data", "- invoice.PDF", "application/octet-stream invoice.pdf ."};
const Labels pictures = {"image/png x.png", "image/jpeg photo.jpg", "application/octet-stream photo.jpeg",
                         "image/gif x"};
const Labels office = {"application/msword letter.doc", "application/vnd.ms-excel sums.xls",
                       "application/octet-stream letter.docx",
                       "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet sums.xlsx"};
const Labels archives = {"application/zip files.zip", "application/x-rar files.rar", "application/gzip x.gz"};
const Labels sounds = {"audio/mpeg song.mp3", "video/mp4 film.mp4", "audio/wav x.wav"};
const Labels texts = {"text/plain notes.txt", "text/csv table.csv", "application/json data.json"};

} // namespace

TEST_CASE("a program under any other name is disguised") {
  for (const char* file : {"program", "setup.exe", "A.class", "link.lnk"}) {
    honest(file, {"application/x-msdownload setup.exe", "application/x-msdos-program x.exe"});
    for (const auto& labels : {documents, pictures, office, archives, sounds}) lies(file, labels);
    lies(file,
         {"text/plain readme.txt", "text/html page.html", "font/ttf x.ttf", "application/epub+zip b.epub"});
    lies(file, {"image/png setup.exe", "application/x-msdownload invoice.pdf"});
  }
}

TEST_CASE("an ending that is written backwards hides a program") {
  CHECK(disguised("setup.exe", "application/octet-stream invoice\xe2\x80\xae"
                               "fdp.exe"));
  CHECK_FALSE(disguised("invoice.pdf", "application/pdf \xd7\x97\xd7\xa9\xd7\x91\xd7\x95\xd7\x9f.pdf"));
}

TEST_CASE("pages and their look-alikes") {
  honest("invoice.pdf",
         {"application/pdf invoice.pdf", "application/x-pdf x", "application/octet-stream a.b.PDF",
          "application/illustrator logo.ai", "application/postscript logo.eps"});
  honest("page.ps",
         {"application/postscript page.ps", "text/plain page.ps", "application/postscript logo.ai"});
  honest("picture.eps", {"application/postscript picture.eps", "image/x-eps picture.eps"});
  lies("invoice.pdf",
       {"image/png x.png", "application/zip x.zip", "text/plain x.txt", "application/msword x.doc",
        "application/octet-stream x.docx", "application/pdf x.png"});
  lies("page.html", {"image/png x.png", "application/pdf invoice.pdf", "audio/mpeg x.mp3",
                     "application/octet-stream invoice.pdf", "application/zip x.zip"});
}

TEST_CASE("pictures are siblings") {
  for (const char* file : {"picture.png", "picture.jpg", "picture.gif", "picture.bmp", "picture.tif",
                           "picture.ico", "picture.webp", "picture.jp2", "picture.pcx", "photo.heic"}) {
    honest(file, {"image/png x.png", "image/jpeg x.jpg", "image/jpg x.JPG", "image/pjpeg x.jpe",
                  "image/x-png x", "image/heic x.heic"});
    lies(file, documents);
    lies(file, office);
    lies(file, archives);
    lies(file, {"application/x-msdownload x.exe"});
  }
  lies("picture.png", texts);
  honest("picture.ppm", {"image/x-portable-pixmap x.ppm"});
  honest("drawing.svg", {"image/svg+xml drawing.svg", "text/xml drawing.svg", "text/plain drawing.svg"});
  lies("drawing.svg", {"image/png drawing.png", "application/pdf drawing.pdf"});
}

TEST_CASE("office files of any age") {
  for (const char* file : {"letter.docx", "sums.xlsx", "talk.pptx", "macros.docm", "brief.odt", "table.ods",
                           "old.doc", "old.xls", "old.ppt", "secret.docx"}) {
    honest(file, office);
    honest(file, {"application/vnd.openxmlformats-officedocument.wordprocessingml.document letter.docx",
                  "application/vnd.oasis.opendocument.text brief.odt", "application/msword letter.docx",
                  "application/vnd.ms-powerpoint talk.ppt", "application/x-excel x.xlsm"});
    lies(file, documents);
    lies(file, pictures);
    lies(file, sounds);
  }
  honest("note.msg", {"application/vnd.ms-outlook note.msg"});
  honest("letter.docx", {"application/zip letter.docx", "application/zip letter.zip"});
  honest("letter.rtf",
         {"application/rtf letter.rtf", "text/rtf letter.rtf", "application/msword letter.doc"});
  lies("old.doc", {"application/zip letter.zip", "text/plain letter.txt"});
}

TEST_CASE("exports that only call themselves office files") {
  honest("table.csv",
         {"application/vnd.ms-excel table.csv", "application/vnd.ms-excel table.xls", "text/csv t.xls"});
  honest("page.html", {"application/vnd.ms-excel report.xls", "application/msword letter.doc"});
  honest("word2003.xml", {"application/msword letter.doc", "text/xml word2003.xml"});
  lies("page.html", {"application/vnd.openxmlformats-officedocument.wordprocessingml.document letter.docx"});
}

TEST_CASE("archives are siblings") {
  for (const char* file :
       {"files.zip", "files.tar", "files.tar.gz", "files.tar.bz2", "files.tar.xz", "files.7z", "files.rar",
        "files.cpio", "log.txt.zst", "log.txt.lz4", "disc.iso.xz"}) {
    honest(file, archives);
    honest(file, {"application/x-compressed-tar files.tgz", "application/x-zip-compressed files.zip",
                  "application/x-7z-compressed files.7z"});
    lies(file, documents);
    lies(file, pictures);
    lies(file, sounds);
    lies(file, {"text/plain notes.txt"});
  }
  lies("files.rar", {"application/octet-stream letter.docx", "application/msword letter.doc"});
}

TEST_CASE("what is a zip inside") {
  honest("tool.jar", {"application/java-archive tool.jar", "application/x-java-archive tool.jar",
                      "application/zip x.zip"});
  honest("book.epub", {"application/epub+zip book.epub"});
  honest("place.kmz", {"application/vnd.google-earth.kmz place.kmz", "application/zip place.kmz"});
  honest("files.zip", {"application/octet-stream letter.docx", "application/x-xpinstall addon.xpi"});
  lies("tool.jar", documents);
  lies("book.epub", pictures);
}

TEST_CASE("sound and film are siblings") {
  for (const char* file : {"sound.mp3", "sound.wav", "sound.flac", "sound.ogg", "sound.amr", "sound.m4a",
                           "film.mp4", "film.mov", "film.avi", "film.webm", "tune.mid"}) {
    honest(file, sounds);
    honest(file, {"audio/x-wav x.wav", "application/ogg x.ogg", "audio/mp3 x.mp3"});
    lies(file, documents);
    lies(file, office);
    lies(file, archives);
  }
}

TEST_CASE("texts are siblings") {
  for (const char* file :
       {"notes.txt",   "umlaut.txt",  "latin1.txt",    "utf16.csv",  "table.csv",     "table.tsv",
        "data.json",   "data.xml",    "page.html",     "style.css",  "fragment.html", "code.js",
        "code.c",      "change.diff", "meeting.ics",   "person.vcf", "mail.eml",      "config.ini",
        "config.yaml", "readme.md",   "paper.tex",     "dump.sql",   "film.srt",      "track.gpx",
        "cert.pem",    "clean.sh",    "signature.asc", "run.bat",    "tool.py",       "prose.txt",
        "bm.txt"}) {
    honest(file, texts);
    honest(file, {"text/html x.html", "text/x-c code.c", "application/xml x.xml", "text/calendar x.ics",
                  "application/javascript x.js", "application/atom+xml feed.xml", "text/plain x.log",
                  "application/x-sh clean.sh", "application/ld+json x.json"});
    lies(file, {"application/pdf x.pdf", "application/zip x.zip", "audio/mpeg x.mp3", "font/woff x.woff",
                "application/octet-stream x.png", "image/jpeg x"});
  }
}

TEST_CASE("little is said of types that are rare") {
  honest("data.sqlite",
         {"application/vnd.sqlite3 data.db", "application/x-sqlite3 x.db", "image/x-raw x.arw"});
  lies("data.sqlite", documents);
}

TEST_CASE("magic asks for type, description or ending") {
  const std::string capability = "\"vnd.lastmile.magic\"";
  const std::string mail = mail_with("invoice.pdf", "application/octet-stream data");
  CHECK(holds(capability, "magic \"application/pdf\"", mail));
  CHECK(holds(capability, "magic :contains [\"image/\", \"/pdf\"]", mail));
  CHECK(holds(capability, "magic :description :contains \"PDF document\"", mail));
  CHECK(holds(capability, "magic :extension \"pdf\"", mail));
  CHECK(holds(capability, "magic \"text/plain\"", mail));
  CHECK_FALSE(holds(capability, "magic \"image/png\"", mail));
  CHECK_FALSE(holds(capability, "magic :mime \"application/pdf\"", mail));
  CHECK(holds(capability, "magic :mime :anychild \"application/pdf\"", mail));
  CHECK(holds(capability, "magic :extension [\"jpeg\"]", mail_with("picture.jpg", "image/jpeg x")));
  CHECK(errors_of("require \"vnd.lastmile.magic\"; if magic :anychild \"x\" { keep; }") ==
        "1:40: tag :anychild wants :mime too\n");
  CHECK(errors_of("require \"vnd.lastmile.magic\"; if magic :extension :description \"x\" { keep; }") ==
        "1:51: tag :description cannot stand together with :extension\n");
}

TEST_CASE("magic in a loop asks the current part") {
  const std::string script =
      "require [\"vnd.lastmile.magic\", \"foreverypart\", \"variables\", \"fileinto\"];"
      "foreverypart { if magic :mime :matches \"application/*\" { fileinto \"${1}\"; } }"
      "foreverypart { if disguised :mime { fileinto \"liar\"; } }";
  CHECK(outcome_of(script, mail_with("invoice.pdf", "image/png x.png")) == "fileinto pdf; fileinto liar");
  CHECK(outcome_of(script, mail_with("invoice.pdf", "application/pdf x.pdf")) == "fileinto pdf");
}

#endif
