package io.kadenza.node;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The arrows of ARCHITECTURE.md. This module sees all others, so the rules stand here.
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.kadenza");

  private static final String[] CORE_KAD = {
    "io.kadenza.kad.engine..", "io.kadenza.kad.key..", "io.kadenza.kad.lookup..",
    "io.kadenza.kad.provide..", "io.kadenza.kad.record..", "io.kadenza.kad.rpc..",
    "io.kadenza.kad.table..", "io.kadenza.kad.upkeep.."
  };

  private static final String[] CORE_GOSSIP = {
    "io.kadenza.gossip.cache..", "io.kadenza.gossip.effect..", "io.kadenza.gossip.engine..",
    "io.kadenza.gossip.mesh..", "io.kadenza.gossip.rpc..", "io.kadenza.gossip.signing.."
  };

  /// What a module shows its users; it and the module's `internal` packages know each other.
  private static final Set<String> FACES =
      Set.of("io.kadenza.gossip", "io.kadenza.host", "io.kadenza.kad", "io.kadenza.store");

  private static final SliceAssignment PACKAGES_BEHIND_THE_FACES =
      new SliceAssignment() {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
          String name = javaClass.getPackageName();
          return FACES.contains(name) ? SliceIdentifier.ignore() : SliceIdentifier.of(name);
        }

        @Override
        public String getDescription() {
          return "packages behind the modules' faces";
        }
      };

  private static void mayNotSee(String[] who, String... whom) {
    noClasses()
        .that()
        .resideInAnyPackage(who)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(whom)
        .check(CLASSES);
  }

  @Test
  void multiformatsSeesNothingOfOurs() {
    noClasses()
        .that()
        .resideInAPackage("io.kadenza.multiformats..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("io.kadenza..")
                .and(not(resideInAPackage("io.kadenza.multiformats.."))))
        .check(CLASSES);
  }

  @Test
  void cryptoSeesMultiformatsAlone() {
    mayNotSee(
        new String[] {"io.kadenza.crypto.."},
        "io.kadenza.machine..",
        "io.kadenza.host..",
        "io.kadenza.kad..",
        "io.kadenza.gossip..",
        "io.kadenza.node..",
        "io.netty..");
  }

  @Test
  void theStoreSeesMultiformatsAlone() {
    mayNotSee(
        new String[] {"io.kadenza.store.."},
        "io.kadenza.machine..",
        "io.kadenza.crypto..",
        "io.kadenza.host..",
        "io.kadenza.kad..",
        "io.kadenza.gossip..",
        "io.kadenza.node..",
        "io.netty..");
  }

  @Test
  void theCoresAndTheHostKnowOfNoDisk() {
    mayNotSee(CORE_KAD, "io.kadenza.store..", "java.sql..");
    mayNotSee(new String[] {"io.kadenza.host.."}, "io.kadenza.store..");
  }

  @Test
  void theHostKnowsNoProtocolOnTopOfIt() {
    mayNotSee(
        new String[] {"io.kadenza.host.."},
        "io.kadenza.kad..",
        "io.kadenza.gossip..",
        "io.kadenza.node..");
  }

  @Test
  void theCoresSeeNoHost() {
    mayNotSee(CORE_KAD, "io.kadenza.host..", "io.kadenza.gossip..", "io.kadenza.node..");
    mayNotSee(CORE_GOSSIP, "io.kadenza.host..", "io.kadenza.kad..", "io.kadenza.node..");
  }

  @Test
  void theCoresSeeNoSocketThreadOrClock() {
    for (String[] core : new String[][] {CORE_KAD, CORE_GOSSIP}) {
      mayNotSee(core, "io.netty..", "java.nio.channels..", "java.nio.file..", "org.slf4j..");
      noClasses()
          .that()
          .resideInAnyPackage(core)
          .should()
          .dependOnClassesThat()
          .haveNameMatching("java\\.net\\.(Server|Datagram|Multicast)?Socket|java\\.lang\\.Thread")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(java.time.Instant.class, "now")
          .check(CLASSES);
    }
  }

  @Test
  void onlyTheProgramSeesTheProgram() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.kadenza.node..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.kadenza.node..")
        .check(CLASSES);
  }

  @Test
  void nettyStaysInTheHost() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.kadenza.host.internal..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.netty..")
        .check(CLASSES);
  }

  @Test
  void whatIsInternalIsUsedByItsOwnModuleAlone() {
    for (String module : new String[] {"host", "kad", "gossip", "store"}) {
      noClasses()
          .that()
          .resideOutsideOfPackage("io.kadenza." + module + "..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.kadenza." + module + ".internal..")
          .check(CLASSES);
    }
  }

  @Test
  void noPackagesFormACircle() {
    slices().assignedFrom(PACKAGES_BEHIND_THE_FACES).should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void theProgramsPartsKnowNothingOfTheCommandLine() {
    mayNotSee(
        new String[] {"io.kadenza.node.terminal.."}, "io.kadenza.node.cli..", "io.kadenza.host..");
    mayNotSee(
        new String[] {
          "io.kadenza.node.lesson..", "io.kadenza.node.demo..", "io.kadenza.node.interop.."
        },
        "io.kadenza.node.cli..");
  }
}
