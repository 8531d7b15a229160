package io.kadenza.bench;

/// A page in Markdown whose sections are written by different races: each begins with a heading of
/// the second level, and is replaced as a whole.
final class Page {
  private static final String HEADING = "## ";

  private Page() {}

  /// The page with one section new, in the place of the old one or at the end.
  ///
  /// @param body without the heading; with its own headings of lower levels
  static String with(String page, String title, String body) {
    String heading = HEADING + title + "\n";
    String section = heading + "\n" + body.strip() + "\n";
    int old = page.indexOf("\n" + heading) + 1;
    if (old == 0) {
      return page + "\n" + section;
    }
    int next = page.indexOf("\n" + HEADING, old);
    return page.substring(0, old) + section + (next < 0 ? "" : page.substring(next));
  }
}
