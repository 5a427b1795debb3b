package io.twinspan.registry.ops.bench;

import com.alipay.sofa.registry.core.model.BaseRegister;
import com.alipay.sofa.registry.core.model.DataBox;
import com.alipay.sofa.registry.core.model.PublisherRegister;
import com.alipay.sofa.registry.core.model.ReceivedData;
import com.alipay.sofa.registry.core.model.SubscriberRegister;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.subscription.Scope;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** The official client's messages, filled as that client fills them. Values carry the number of the change they stand for. */
final class Messages {
    private static final String SCHEME = "bench://";
    private static final String ZONE = "DEFAULT_ZONE";

    private Messages() {}

    /** A value of the given length that {@link #numberOf} reads again; never shorter than its number needs. */
    static String value(long number, int bytes) {
        String head = SCHEME + number + "?";
        return head + "x".repeat(Math.max(0, bytes - head.length()));
    }

    /** @param clock milliseconds, sent as the client's registration time */
    static PublisherRegister publisher(String dataId, String registration, long version, String value, long clock) {
        PublisherRegister register = new PublisherRegister();
        fill(register, dataId, registration, version, clock);
        // The official client's list is of this class, and only of this one Hessian leaves the name away.
        register.setDataList(new ArrayList<>(List.of(new DataBox(value))));
        return register;
    }

    /** Takes a publisher back, as {@link #publisher} has made it. */
    static PublisherRegister takenBack(String dataId, String registration, long version, long clock) {
        PublisherRegister register = new PublisherRegister();
        fill(register, dataId, registration, version, clock);
        register.setEventType("UNREGISTER");
        register.setDataList(new ArrayList<>());
        return register;
    }

    static SubscriberRegister subscriber(String dataId, String registration, Scope scope, long clock) {
        SubscriberRegister register = new SubscriberRegister();
        fill(register, dataId, registration, 1, clock);
        register.setScope(scope.wireName());
        return register;
    }

    /** The highest number of a change that a push shows; empty when it shows none of ours. */
    static OptionalLong numberOf(ReceivedData push) {
        return numbersOf(push).max();
    }

    static OptionalLong numberOf(Collection<String> values) {
        return numbersOf(values.stream()).max();
    }

    /** All numbers that a push shows. */
    static LongStream numbersOf(ReceivedData push) {
        return push.getData() == null
                ? LongStream.empty()
                : numbersOf(push.getData().values().stream()
                        .flatMap(Collection::stream)
                        .map(DataBox::getData));
    }

    private static LongStream numbersOf(Stream<String> values) {
        return values.filter(value -> value.startsWith(SCHEME))
                .mapToLong(value -> Long.parseLong(value.substring(SCHEME.length(), value.indexOf('?'))));
    }

    private static void fill(BaseRegister register, String dataId, String registration, long version, long clock) {
        register.setDataId(dataId);
        register.setGroup(DataInfoId.DEFAULT_GROUP);
        register.setInstanceId(DataInfoId.DEFAULT_INSTANCE_ID);
        register.setZone(ZONE);
        register.setAppName("twinspan-bench");
        register.setRegistId(registration);
        register.setEventType("REGISTER");
        register.setVersion(version);
        register.setTimestamp(clock);
    }
}
