package io.kadenza.host.internal.dial;

import io.kadenza.host.DialException;
import io.kadenza.host.NameService;
import io.kadenza.machine.Deadline;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// What one dial asks of a name service: so many questions and no more, none of which is waited for
/// beyond the dial's deadline. For one thread, which blocks; others may see what it waits for.
final class Inquiry implements NameService {
  /// How many names are asked about for one dial. Whoever owns a name writes the list of names that
  /// it stands for, and any peer may have an address with a name in it.
  static final int QUESTIONS_MAX = 32;

  private final NameService names;
  private final Deadline deadline;
  private Deadline patience;
  private int questions;
  private volatile @Nullable String unanswered;

  Inquiry(NameService names, Deadline deadline) {
    this.names = names;
    this.deadline = deadline;
    this.patience = deadline;
  }

  /// That of the dial.
  Deadline deadline() {
    return deadline;
  }

  /// From now on waits for all answers together no longer than this.
  void hurry(Duration most) {
    patience = Deadline.after(deadline.leftAtMost(most));
  }

  /// From now on waits until the deadline again.
  ///
  /// @return whether an answer is still to be had that was not waited for so long
  boolean takeTime() {
    boolean more = unanswered != null && patience.isOver() && !deadline.isOver();
    patience = deadline;
    return more;
  }

  /// The name for which an answer is awaited, or was awaited in vain.
  Optional<String> unanswered() {
    return Optional.ofNullable(unanswered);
  }

  @Override
  public List<InetAddress> addresses(String name) {
    return ask(name, () -> names.addresses(name));
  }

  @Override
  public List<String> texts(String name) {
    return ask(name, () -> names.texts(name));
  }

  /// The system's resolver can be neither bounded nor interrupted: a thread of its own waits for
  /// it, and is left behind if need be.
  private <T> List<T> ask(String name, Callable<List<T>> question) {
    if (questions == QUESTIONS_MAX || patience.isOver()) {
      return List.of();
    }
    questions++;
    unanswered = name;
    var answer = new FutureTask<>(question);
    Thread asking = Thread.ofVirtual().name("kad-dns").start(answer);
    try {
      List<T> answers = answer.get(patience.leftNanos(), TimeUnit.NANOSECONDS);
      unanswered = null;
      return answers;
    } catch (TimeoutException late) {
      return List.of();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new DialException(DialException.Reason.REFUSED, "interrupted");
    } catch (ExecutionException e) {
      throw new IllegalStateException("the name service failed", e.getCause());
    } finally {
      asking.interrupt();
    }
  }
}
