package io.twinspan.registry.ops.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.PrimitiveIterator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FreePortsTest {
    @Test
    void aPortNamedAgainIsNotTakenAgain() {
        FreePorts free = drawing(40_259, 40_259, 40_261);

        assertThat(free.next()).isEqualTo(40_259);
        assertThat(free.next()).isEqualTo(40_261);
    }

    @Test
    void aPortThatSomebodyElseWasGivenIsPassedOver() {
        assertThat(drawing(40_259, 40_261).besides(40_259).next()).isEqualTo(40_261);
    }

    @Test
    void oneThatIsNeverNewIsRefusedWithWhatIsTaken() {
        FreePorts stuck = new FreePorts(() -> 40_259);
        stuck.next();

        assertThatThrownBy(stuck::next)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no free port on 127.0.0.1 besides [40259]");
    }

    private static FreePorts drawing(int... ports) {
        PrimitiveIterator.OfInt drawn = IntStream.of(ports).iterator();
        return new FreePorts(drawn::nextInt);
    }
}
