package io.kadenza.bench;

import java.util.List;

/// A page in Markdown of which races write parts. Each has a section of its own, which begins with
/// a heading of the second level, and in it blocks between comments that name them. What stands
/// outside of the blocks was written by hand, and stays.
final class Page {
  private static final String HEADING = "## ";

  /// A part that is replaced as a whole, with its own headings of lower levels.
  ///
  /// @param name as the comments around it have it
  record Block(String name, String text) {
    /// The section with this block new, in the place of the old one or at the end.
    private String in(String section) {
      String begin = "<!-- " + name + " -->\n";
      String end = "<!-- end of " + name + " -->\n";
      String whole = begin + "\n" + text.strip() + "\n\n" + end;
      int from = section.indexOf(begin);
      int to = section.indexOf(end, Math.max(0, from));
      return from < 0 || to < 0
          ? section + "\n" + whole
          : section.substring(0, from) + whole + section.substring(to + end.length());
    }
  }

  private Page() {}

  /// The page with these blocks of one section new.
  static String with(String page, String title, List<Block> blocks) {
    String heading = HEADING + title + "\n";
    int old = page.indexOf("\n" + heading) + 1;
    if (old == 0) {
      return page + "\n" + renewed(heading, blocks);
    }
    int next = page.indexOf("\n" + HEADING, old);
    int end = next < 0 ? page.length() : next;
    return page.substring(0, old) + renewed(page.substring(old, end), blocks) + page.substring(end);
  }

  private static String renewed(String section, List<Block> blocks) {
    String renewed = section;
    for (Block block : blocks) {
      renewed = block.in(renewed);
    }
    return renewed;
  }
}
