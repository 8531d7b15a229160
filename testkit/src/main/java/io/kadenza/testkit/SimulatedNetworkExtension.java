package io.kadenza.testkit;

import java.io.Serial;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.DynamicTestInvocationContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.platform.commons.support.AnnotationSupport;

/// Makes the networks that [SimulatedNetwork] asks for.
public final class SimulatedNetworkExtension
    implements ParameterResolver,
        TestExecutionExceptionHandler,
        LifecycleMethodExecutionExceptionHandler,
        InvocationInterceptor {
  /// In place of every seed that a test names.
  private static final String SEED_PROPERTY = "kadenza.seed";

  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(SimulatedNetworkExtension.class);

  /// Tells, beside a failure, of the network that it happened in.
  private static final class Replay extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    Replay(String message) {
      super(message, null, false, false);
    }
  }

  /// Made by JUnit.
  public SimulatedNetworkExtension() {}

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == SimulatedDht.class;
  }

  /// A test's constructor belongs to the test, and not to its class.
  @Override
  public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
    return ExtensionContextScope.TEST_METHOD;
  }

  /// All methods of one test see the same network.
  @Override
  public SimulatedDht resolveParameter(ParameterContext parameter, ExtensionContext context) {
    // Store.computeIfAbsent came with JUnit 6, and applications still have 5.
    ExtensionContext.Store networks = context.getStore(NAMESPACE);
    SimulatedDht known = networks.get(context.getUniqueId(), SimulatedDht.class);
    if (known != null) {
      return known;
    }
    SimulatedDht started = start(context);
    networks.put(context.getUniqueId(), started);
    return started;
  }

  private static SimulatedDht start(ExtensionContext context) {
    SimulatedNetwork wanted = annotation(context);
    String given = System.getProperty(SEED_PROPERTY);
    try {
      long seed = given == null ? wanted.seed() : Long.parseLong(given);
      return SimulatedDht.start(wanted.nodes(), seed);
    } catch (NumberFormatException e) {
      throw new ParameterResolutionException(SEED_PROPERTY + " is a number, not " + given, e);
    }
  }

  private static SimulatedNetwork annotation(ExtensionContext context) {
    return upwards(context)
        .map(at -> AnnotationSupport.findAnnotation(at.getElement(), SimulatedNetwork.class))
        .flatMap(Optional::stream)
        .findFirst()
        .orElseThrow(() ->
            new ParameterResolutionException(
                "neither the test nor its class is a @SimulatedNetwork"));
  }

  /// A context and those it lies in, from the inside out.
  private static Stream<ExtensionContext> upwards(ExtensionContext context) {
    return Stream.iterate(Optional.of(context), Optional::isPresent, at -> at.get().getParent())
        .map(Optional::get);
  }

  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    tell(context, failure);
    throw failure;
  }

  @Override
  public void handleBeforeAllMethodExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    tell(context, failure);
    throw failure;
  }

  @Override
  public void handleBeforeEachMethodExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    tell(context, failure);
    throw failure;
  }

  @Override
  public void handleAfterEachMethodExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    tell(context, failure);
    throw failure;
  }

  @Override
  public void handleAfterAllMethodExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    tell(context, failure);
    throw failure;
  }

  /// A test that a factory made.
  @Override
  public void interceptDynamicTest(
      Invocation<@Nullable Void> test,
      DynamicTestInvocationContext invocation,
      ExtensionContext context)
      throws Throwable {
    try {
      test.proceed();
    } catch (Throwable failure) {
      tell(context, failure);
      throw failure;
    }
  }

  /// Has a failure say in which networks it happened: the test's own, and that of its class or
  /// factory, if there were any.
  private static void tell(ExtensionContext context, Throwable failure) {
    ExtensionContext.Store networks = context.getStore(NAMESPACE);
    upwards(context)
        .map(at -> networks.get(at.getUniqueId(), SimulatedDht.class))
        .filter(Objects::nonNull)
        .forEach(dht -> {
          String replay = dht + "; have it again with -D" + SEED_PROPERTY + "=" + dht.seed();
          context.publishReportEntry("simulated network", replay);
          failure.addSuppressed(new Replay(replay));
        });
  }
}
