require ["include", "variables", "mime", "foreverypart"];
global "noted";
foreverypart {
    if header :mime :matches "X-Note" "*" { set "noted" "${noted}${1}."; }
    return;
}
set "noted" "${noted}!";
