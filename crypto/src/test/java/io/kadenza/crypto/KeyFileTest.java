package io.kadenza.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "its files have no modes")
class KeyFileTest {
  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource(KeyType.class)
  void whatIsCreatedIsLoaded(KeyType type) {
    Path file = directory.resolve("key");

    Identity created = KeyFile.create(file, type);

    assertThat(created.publicKey().type()).isEqualTo(type);
    assertThat(KeyFile.load(file).peerId()).isEqualTo(created.peerId());
    assertThat(KeyFile.loadOrCreate(file, KeyType.ED25519).peerId()).isEqualTo(created.peerId());
  }

  @Test
  void createsTheFileForItsOwnerAloneAndLeavesNothingBeside() throws IOException {
    Path file = directory.resolve("new/deeper/key");
    KeyFile.create(file, KeyType.ED25519);

    assertThat(modeOf(file)).isEqualTo("rw-------");
    assertThat(modeOf(directory.resolve("new"))).isEqualTo("rwx------");
    assertThat(modeOf(directory.resolve("new/deeper"))).isEqualTo("rwx------");
    assertThat(filesIn(file.getParent())).containsExactly(file);
  }

  @Test
  void aBareFileNameIsInTheWorkingDirectory() {
    assertThatExceptionOfType(KeyFileException.class)
        .isThrownBy(() -> KeyFile.load(Path.of("no-such-key")))
        .withMessage("key file no-such-key does not exist; create it or name another");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "not a key", "another key"})
  void neverOverwritesAFile(String content) throws IOException {
    Path file = directory.resolve("key");
    Files.writeString(file, content);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));

    assertRefused(() -> KeyFile.create(file, KeyType.ED25519), "exists already");
    assertThatExceptionOfType(KeyFileException.class)
        .isThrownBy(() -> KeyFile.loadOrCreate(file, KeyType.ED25519));
    assertThat(file).hasContent(content);
    assertThat(filesIn(directory)).containsExactly(file);
  }

  @Test
  void neverWritesThroughABrokenLink() throws IOException {
    Path file = Files.createSymbolicLink(directory.resolve("key"), directory.resolve("elsewhere"));

    assertRefused(() -> KeyFile.create(file, KeyType.ED25519), "exists already");
    assertRefused(() -> KeyFile.loadOrCreate(file, KeyType.ED25519), "symbolic link");
    assertThat(directory.resolve("elsewhere")).doesNotExist();
  }

  @Test
  void saysWhyItCannotCreate() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));

    assertRefused(() -> KeyFile.create(file.resolve("key"), KeyType.ED25519), "cannot be created");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"rw-r-----", "rw----r--", "rw--w----", "rw-----w-", "rw---x---", "rw-rw-rw-"})
  void refusesAFileThatIsOpenToOthers(String mode) throws IOException {
    Path file = keyFile(KeyVectors.of(KeyType.ED25519).privateBytes());
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));

    assertRefused(() -> KeyFile.load(file), "chmod 600").withMessageContaining(mode);
    assertThat(modeOf(file)).isEqualTo(mode);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-------", "r--------", "rwx------"})
  void loadsAFileThatIsItsOwnersAlone(String mode) throws IOException {
    Path file = keyFile(KeyVectors.of(KeyType.ED25519).privateBytes());
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));

    assertThat(KeyFile.load(file).publicKey())
        .isEqualTo(KeyVectors.of(KeyType.ED25519).parsePublic());
  }

  @Test
  void refusesWhatIsNoRegularFile() throws Exception {
    Path file = keyFile(KeyVectors.of(KeyType.ED25519).privateBytes());
    Path link = Files.createSymbolicLink(directory.resolve("link"), file);
    Path pipe = directory.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", "-m", "600", pipe.toString()).start().waitFor())
        .isZero();

    assertRefused(() -> KeyFile.load(link), "symbolic link");
    assertRefused(() -> KeyFile.load(directory), "a directory");
    assertRefused(() -> KeyFile.load(pipe), "a pipe");
    assertRefused(() -> KeyFile.load(Path.of("/dev/null")), "device");
  }

  @Test
  void refusesEmptyAndHugeFiles() throws IOException {
    Path file = keyFile(new byte[0]);
    assertRefused(() -> KeyFile.load(file), "is empty");

    Files.write(file, new byte[100_000]);
    assertRefused(() -> KeyFile.load(file), "too many");
  }

  @ParameterizedTest
  @MethodSource("io.kadenza.crypto.KeyVectors#all")
  void refusesACutFile(KeyVectors vector) throws IOException {
    byte[] key = vector.privateBytes();
    for (int length = 1; length < key.length; length += 1 + key.length / 20) {
      Path file = keyFile(Arrays.copyOf(key, length));
      assertRefused(() -> KeyFile.load(file), "holds no libp2p private key");
    }
  }

  @Test
  void refusesKeysOfOtherProgramsWithAHint() throws IOException {
    Path file = keyFile("-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2Vw\n");
    assertRefused(() -> KeyFile.load(file), "PEM");

    keyFile(KeyVectors.of(KeyType.ED25519).publicBytes());
    assertRefused(() -> KeyFile.load(file), "64 bytes");

    keyFile("{\"id\": \"12D3Koo\"}");
    assertRefused(() -> KeyFile.load(file), "base64 is broken");

    keyFile(HexFormat.of().parseHex("0804120100"));
    assertRefused(() -> KeyFile.load(file), "key type 4");
  }

  @ParameterizedTest
  @MethodSource("io.kadenza.crypto.KeyVectors#all")
  void loadsBase64AsOtherToolsWriteIt(KeyVectors vector) throws IOException {
    byte[] key = vector.privateBytes();
    for (String text :
        List.of(
            Base64.getEncoder().encodeToString(key),
            Base64.getEncoder().encodeToString(key) + "\n",
            Base64.getMimeEncoder().encodeToString(key) + "\r\n")) {
      assertThat(KeyFile.load(keyFile(text)).publicKey()).isEqualTo(vector.parsePublic());
    }
  }

  @Test
  void noMessageHoldsASecret() throws IOException {
    byte[] key = KeyVectors.of(KeyType.ED25519).privateBytes();
    key[40] ^= 1;
    for (Path file :
        List.of(keyFile(key), keyFile(Base64.getEncoder().encodeToString(key) + "!"))) {
      assertThatExceptionOfType(KeyFileException.class)
          .isThrownBy(() -> KeyFile.load(file))
          .satisfies(e ->
              assertThat(e.toString())
                  .doesNotContain(HexFormat.of().formatHex(key, 4, 12))
                  .doesNotContain(Base64.getEncoder().encodeToString(key).substring(8, 16)));
    }
  }

  @Test
  void manyWhoCreateAtOnceGetOneIdentity() throws Exception {
    for (int round = 0; round < 20; round++) {
      Path file = directory.resolve("round" + round).resolve("key");
      List<Callable<String>> starts = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        starts.add(() -> KeyFile.loadOrCreate(file, KeyType.ED25519).toString());
      }
      Set<String> peers = new HashSet<>();
      try (var threads = Executors.newFixedThreadPool(8)) {
        for (var start : threads.invokeAll(starts)) {
          peers.add(start.get());
        }
      }
      assertThat(peers).containsExactly(KeyFile.load(file).toString());
      assertThat(filesIn(file.getParent())).containsExactly(file);
    }
  }

  @Test
  void whatACrashLeftBesideIsNotInTheWay() throws IOException {
    Path file = directory.resolve("key");
    Files.write(directory.resolve(".key.8ac6"), new byte[10]);

    Identity created = KeyFile.loadOrCreate(file, KeyType.ED25519);

    assertThat(KeyFile.load(file).peerId()).isEqualTo(created.peerId());
  }

  private Path keyFile(String content) throws IOException {
    return keyFile(content.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
  }

  private Path keyFile(byte[] content) throws IOException {
    Path file = directory.resolve("key");
    Files.write(file, content);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private static String modeOf(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private static List<Path> filesIn(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }

  private static ThrowableAssertAlternative<KeyFileException> assertRefused(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String hint) {
    return assertThatExceptionOfType(KeyFileException.class)
        .isThrownBy(call)
        .withMessageContaining(hint)
        .withMessageNotContaining("\n");
  }
}
