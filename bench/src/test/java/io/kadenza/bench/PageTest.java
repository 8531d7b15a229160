package io.kadenza.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.bench.Page.Block;
import java.util.List;
import org.junit.jupiter.api.Test;

class PageTest {
  private static final String PAGE =
      """
      # Page

      Words.

      ## One

      <!-- run -->

      old

      ### In it

      old

      <!-- end of run -->

      Said by hand.

      <!-- figures -->

      1

      <!-- end of figures -->

      Said by hand too.

      ## Two

      <!-- run -->

      2

      <!-- end of run -->
      """;

  private static String with(String title, Block... blocks) {
    return Page.with(PAGE, title, List.of(blocks));
  }

  @Test
  void replacesBlocksWithAllThatIsInThemAndNothingElse() {
    assertThat(with("One", new Block("run", "new\n\n"), new Block("figures", "3")))
        .isEqualTo(
            PAGE.replace("old\n\n### In it\n\nold", "new").replace("\n\n1\n\n", "\n\n3\n\n"));
    assertThat(with("Two", new Block("run", "new"))).isEqualTo(PAGE.replace("2", "new"));
  }

  @Test
  void addsABlockAtTheEndOfItsSection() {
    assertThat(with("One", new Block("more", "4")))
        .isEqualTo(
            PAGE.replace(
                "by hand too.\n", "by hand too.\n\n<!-- more -->\n\n4\n\n<!-- end of more -->\n"));
  }

  @Test
  void addsASectionAtTheEnd() {
    assertThat(with("Three", new Block("run", "3")))
        .isEqualTo(PAGE + "\n## Three\n\n<!-- run -->\n\n3\n\n<!-- end of run -->\n");
  }

  @Test
  void leavesThePageAloneWhenTheBlockIsTheSame() {
    assertThat(with("Two", new Block("run", "2"))).isEqualTo(PAGE);
  }
}
