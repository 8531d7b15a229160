package io.kadenza.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PageTest {
  private static final String PAGE =
      "# Page\n\nWords.\n\n## One\n\nold\n\n### In it\n\nold\n\n## Two\n\n2\n";

  @Test
  void replacesASectionWithAllThatIsInIt() {
    assertThat(Page.with(PAGE, "One", "new\n\n"))
        .isEqualTo("# Page\n\nWords.\n\n## One\n\nnew\n\n## Two\n\n2\n");
    assertThat(Page.with(PAGE, "Two", "new"))
        .isEqualTo("# Page\n\nWords.\n\n## One\n\nold\n\n### In it\n\nold\n\n## Two\n\nnew\n");
  }

  @Test
  void addsASectionAtTheEnd() {
    assertThat(Page.with(PAGE, "Three", "3")).isEqualTo(PAGE + "\n## Three\n\n3\n");
  }

  @Test
  void leavesThePageAloneWhenTheSectionIsTheSame() {
    assertThat(Page.with(PAGE, "Two", "2")).isEqualTo(PAGE);
  }
}
