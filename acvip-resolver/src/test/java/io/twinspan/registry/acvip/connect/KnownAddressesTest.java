package io.twinspan.registry.acvip.connect;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** Lookups are done when the test says so; one that it never does hangs. */
class KnownAddressesTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final Map<String, String> network = new HashMap<>(Map.of("a", "10.0.0.1", "b", "10.0.0.2"));
    private final List<String> looked = new ArrayList<>();
    private final Deque<Runnable> lookups = new ArrayDeque<>();
    private int room = 100;
    private final KnownAddresses addresses = new KnownAddresses(
            name -> {
                looked.add(name);
                String found = network.get(name);
                if (found == null) {
                    throw new UnknownHostException(name);
                }
                return InetAddress.getByName(found);
            },
            task -> {
                if (lookups.size() >= room) {
                    throw new RejectedExecutionException();
                }
                lookups.add(task);
            },
            Duration.ofSeconds(5));
    private long now = -3;

    @Test
    void aNameIsLookedUpWhenItIsNamedAndAgainWhenItIsNeededSomeTimeLater() {
        addresses.follow(Set.of("a"), now);
        assertThat(find("a")).isEmpty();
        lookUp();
        assertThat(find("a")).contains("10.0.0.1");

        network.put("a", "10.0.0.9");
        now += 5 * SECOND - 1;
        assertThat(find("a")).contains("10.0.0.1");
        assertThat(lookups).isEmpty();
        now++;
        assertThat(find("a")).as("meanwhile").contains("10.0.0.1");
        lookUp();
        assertThat(find("a")).contains("10.0.0.9");
    }

    @Test
    void whatWasFoundStandsWhileNothingIsFoundAndWhatWasNotMayBeLater() {
        network.remove("b");
        addresses.follow(Set.of("a", "b"), now);
        lookUp();
        assertThat(find("b")).isEmpty();

        network.remove("a");
        network.put("b", "10.0.0.2");
        now += 5 * SECOND;
        assertThat(List.of(find("a"), find("b"))).containsExactly(Optional.of("10.0.0.1"), Optional.empty());
        lookUp();
        assertThat(List.of(find("a"), find("b"))).containsExactly(Optional.of("10.0.0.1"), Optional.of("10.0.0.2"));
    }

    @Test
    void oneLookupThatHangsIsNotFollowedByOthersOfItsName() {
        addresses.follow(Set.of("a"), now);
        for (int i = 0; i < 10; i++) {
            now += 5 * SECOND;
            find("a");
        }
        assertThat(lookups).hasSize(1);
        lookUp();
        find("a");
        assertThat(lookups).as("the last look began long ago").hasSize(1);
    }

    @Test
    void anotherListLooksUpOnlyWhatIsNewAndNothingThatHasLeftIt() {
        addresses.follow(Set.of("a"), now);
        lookUp();
        addresses.follow(Set.of("a", "b", "10.0.0.3"), now);
        addresses.follow(Set.of("a", "c"), now);
        lookUp();
        assertThat(looked).containsExactly("a", "c");
        assertThat(find("a")).contains("10.0.0.1");
        assertThat(find("b")).as("nobody asks for it").isEmpty();
    }

    @Test
    void whatThereWasNoRoomForIsTriedAtTheNextNeed() {
        room = 0;
        addresses.follow(Set.of("a"), now);
        room = 1;
        now += 5 * SECOND;
        assertThat(find("a")).isEmpty();
        lookUp();
        assertThat(find("a")).contains("10.0.0.1");
    }

    @Test
    void anIpIsWhatItSays() {
        addresses.follow(Set.of("10.0.0.3", "::1"), now);
        assertThat(find("10.0.0.3")).contains("10.0.0.3");
        assertThat(find("::1")).contains("0:0:0:0:0:0:0:1");
        assertThat(lookups).isEmpty();
    }

    private Optional<String> find(String name) {
        return addresses.find(name, now).map(InetAddress::getHostAddress);
    }

    private void lookUp() {
        while (!lookups.isEmpty()) {
            lookups.remove().run();
        }
    }
}
