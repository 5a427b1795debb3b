package io.twinspan.registry.node.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.clock.Stamp;
import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.Owner;
import io.twinspan.registry.datum.Publisher;
import io.twinspan.registry.datum.RegistrationId;
import io.twinspan.registry.datum.RegistrationOrder;
import io.twinspan.registry.datum.SessionIncarnation;
import java.util.List;
import org.junit.jupiter.api.Test;

class SharedNamesTest {
    private final PublisherTable table = new PublisherTable();

    @Test
    void registrationsOfOneServiceNameItByOneObjectUntilTheLastIsGone() {
        PublisherKey first = key("1");
        table.put(entry(first, 1));
        assertThat(table.shared(service())).isSameAs(first.service());
        PublisherKey second = new PublisherKey(table.shared(service()), RegistrationId.ofSofa("2"));
        table.put(entry(second, 1));
        table.put(entry(first, 2));
        table.remove(first);
        table.remove(first);
        assertThat(table.shared(service())).isSameAs(first.service());
        table.remove(second);
        DataInfoId later = service();
        assertThat(table.shared(later)).isSameAs(later);
        assertThat(table.count()).isZero();
    }

    @Test
    void textsAreOneObjectAndNoMoreOfThemAreKeptThanAllowed() {
        SharedTexts texts = new SharedTexts();
        String first = texts.shared(copy("zone"));
        assertThat(texts.shared(copy("zone"))).isSameAs(first);
        for (int i = 0; i < SharedTexts.MOST; i++) {
            assertThat(texts.shared("application-" + i)).isEqualTo("application-" + i);
        }
        String again = copy("zone");
        assertThat(texts.shared(again)).isSameAs(again);
    }

    private static String copy(String text) {
        return String.valueOf(text.toCharArray());
    }

    private static DataInfoId service() {
        return DataInfoId.of(copy("com.example.Named"));
    }

    private static PublisherKey key(String id) {
        return new PublisherKey(service(), RegistrationId.ofSofa(id));
    }

    private static PublisherEntry entry(PublisherKey key, long version) {
        Publisher publisher = new Publisher(
                key.id(),
                new RegistrationOrder(version, new Stamp(version)),
                new Owner(new SessionIncarnation(new NodeId("node"), 1), 1),
                "ZONE",
                "app",
                "10.0.0.1:1",
                List.of("10.0.0.1:12200"));
        return new PublisherEntry(key, publisher, false, false);
    }
}
