package io.kadenza.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class AlarmTest {
  private static final long SOON = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long MUCH_LATER = TimeUnit.DAYS.toNanos(1);

  private final Semaphore rung = new Semaphore(0);
  private final Alarm alarm = Alarm.start("alarm", rung::release);

  @AfterEach
  void close() {
    alarm.close();
  }

  @Test
  void ringsOnceForEachTimeThatItIsSet() throws Exception {
    alarm.within(SOON);
    rung.acquire();
    alarm.within(SOON);
    rung.acquire();

    assertThat(rung.availablePermits()).isZero();
  }

  @Test
  void anEarlierTimeTakesThePlaceOfALaterOne() throws Exception {
    alarm.within(MUCH_LATER);
    alarm.within(SOON);

    rung.acquire();
  }

  @Test
  void aLaterTimeDoesNotTakeThePlaceOfAnEarlierOne() throws Exception {
    alarm.within(SOON);
    alarm.within(MUCH_LATER);

    rung.acquire();
  }

  @Test
  void aTimeThatIsOverRingsAtOnce() throws Exception {
    alarm.within(-1);

    rung.acquire();
  }
}
