package io.kadenza.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the README shows is true.
class ReadmeTest {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
  private static final Pattern JAVA = Pattern.compile("```java\\R(.*?)```", Pattern.DOTALL);
  private static final Pattern LINK = Pattern.compile("]\\((\\w[^)#:]*)\\)");

  @TempDir Path directory;

  private static String readme() throws IOException {
    return Files.readString(ROOT.resolve("README.md"));
  }

  @Test
  void itsProgramCompiles() throws IOException {
    var program = JAVA.matcher(readme());
    assertThat(program.find()).isTrue();
    Path source = Files.writeString(directory.resolve("Hello.java"), program.group(1));
    var javac = ToolProvider.getSystemJavaCompiler();
    var messages = new StringWriter();

    boolean compiled =
        javac
            .getTask(
                messages,
                null,
                null,
                List.of("-proc:none", "-d", directory.toString()),
                null,
                javac.getStandardFileManager(null, null, null).getJavaFileObjects(source))
            .call();

    assertThat(compiled).as(messages.toString()).isTrue();
  }

  @Test
  void itQuotesTheTwoCommandsThatAreTheOnlySetUp() throws IOException {
    assertThat(readme()).contains("./kad demo", "mvn verify");
    assertThat(Files.isExecutable(ROOT.resolve("kad"))).isTrue();
  }

  @Test
  void itsFilesOfThisRepositoryExist() throws IOException {
    // Written by interop/run and bench/run.
    var generated = List.of("docs/interop.md", "docs/benchmarks.md");
    var link = LINK.matcher(readme());
    while (link.find()) {
      if (!generated.contains(link.group(1))) {
        assertThat(ROOT.resolve(link.group(1))).exists();
      }
    }
  }
}
