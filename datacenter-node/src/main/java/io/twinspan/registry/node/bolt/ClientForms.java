package io.twinspan.registry.node.bolt;

import com.alipay.sofa.registry.core.model.BaseRegister;
import com.alipay.sofa.registry.core.model.ConfiguratorRegister;
import com.alipay.sofa.registry.core.model.DataBox;
import com.alipay.sofa.registry.core.model.PublisherRegister;
import com.alipay.sofa.registry.core.model.ReceivedConfigData;
import com.alipay.sofa.registry.core.model.ReceivedData;
import com.alipay.sofa.registry.core.model.RegisterResponse;
import com.alipay.sofa.registry.core.model.SubscriberRegister;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.RegistrationId;
import io.twinspan.registry.node.session.ClientRegistration;
import io.twinspan.registry.node.session.ClientRegistration.Kind;
import io.twinspan.registry.node.session.ConfigPush;
import io.twinspan.registry.node.session.RegistrationAnswer;
import io.twinspan.registry.node.session.SegmentPush;
import io.twinspan.registry.subscription.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The objects of the official client as ours and back. Pure. */
final class ClientForms {
    private static final String DEFAULT_ZONE = "DEFAULT_ZONE";
    private static final String UNREGISTER = "UNREGISTER";

    private ClientForms() {}

    /**
     * A client's request with everything defaulted that it may leave out.
     *
     * @throws IllegalArgumentException naming the field that makes it impossible to serve, now and ever
     */
    static ClientRegistration registration(BaseRegister request) {
        String registId = orElse(request.getRegistId(), "");
        if (registId.isEmpty()) {
            throw new IllegalArgumentException("registId is empty");
        }
        RegistrationId.ofSofa(registId);
        DataInfoId service = new DataInfoId(
                orElse(request.getDataId(), ""),
                orElse(request.getInstanceId(), DataInfoId.DEFAULT_INSTANCE_ID),
                orElse(request.getGroup(), DataInfoId.DEFAULT_GROUP));
        Kind kind = kind(request);
        return new ClientRegistration(
                kind,
                service,
                registId,
                !UNREGISTER.equals(request.getEventType()),
                version(request),
                // Official servers compare zones in upper case; so must we.
                orElse(request.getZone(), DEFAULT_ZONE).toUpperCase(Locale.ROOT),
                orElse(request.getAppName(), ""),
                request instanceof SubscriberRegister subscriber
                        ? Scope.ofWire(orElse(subscriber.getScope(), ""))
                        : Scope.GLOBAL,
                request instanceof PublisherRegister publisher ? addresses(publisher) : List.of());
    }

    private static Kind kind(BaseRegister request) {
        if (request instanceof PublisherRegister) {
            return Kind.PUBLISHER;
        }
        if (request instanceof SubscriberRegister) {
            return Kind.SUBSCRIBER;
        }
        if (request instanceof ConfiguratorRegister) {
            return Kind.WATCHER;
        }
        throw new IllegalArgumentException("a registration of no known kind");
    }

    private static long version(BaseRegister request) {
        Long version = request.getVersion();
        return version == null ? 0 : version;
    }

    private static List<String> addresses(PublisherRegister publisher) {
        List<?> boxes = publisher.getDataList() == null ? List.of() : publisher.getDataList();
        List<String> addresses = new ArrayList<>(boxes.size());
        // What was decoded need not hold what its type says.
        for (Object box : boxes) {
            if (!(box instanceof DataBox data)) {
                throw new IllegalArgumentException("dataList holds something else than DataBox");
            }
            if (data.getData() != null) {
                addresses.add(data.getData());
            }
        }
        return addresses;
    }

    /** The answer to a request; version and id are echoed, or the client sends again for ever. */
    static RegisterResponse response(BaseRegister request, boolean isSuccess, RegistrationAnswer answer) {
        RegisterResponse response = new RegisterResponse();
        response.setSuccess(isSuccess && !answer.isRefused());
        response.setRefused(answer.isRefused());
        response.setMessage(answer.message());
        response.setRegistId(Objects.requireNonNullElse(request.getRegistId(), ""));
        response.setVersion(version(request));
        return response;
    }

    /** @param boxes the addresses of the push */
    static ReceivedData received(SegmentPush push, SharedBoxes boxes) {
        ReceivedData received = new ReceivedData();
        received.setDataId(push.service().dataId());
        received.setGroup(push.service().group());
        received.setInstanceId(push.service().instanceId());
        received.setSegment(push.segment().name());
        received.setScope(push.scope().wireName());
        received.setSubscriberRegistIds(new ArrayList<>(push.registIds()));
        received.setData(boxes);
        received.setVersion(push.wireVersion());
        received.setLocalZone(push.localZone());
        received.setDataCount(boxes.countsByZone());
        return received;
    }

    static ReceivedConfigData received(ConfigPush push) {
        ReceivedConfigData received = new ReceivedConfigData();
        received.setDataId(push.service().dataId());
        received.setGroup(push.service().group());
        received.setInstanceId(push.service().instanceId());
        received.setConfiguratorRegistIds(new ArrayList<>(push.registIds()));
        if (push.data() != null) {
            received.setDataBox(new DataBox(push.data()));
        }
        received.setVersion(push.version());
        return received;
    }

    private static String orElse(@Nullable String given, String otherwise) {
        return given == null || given.isBlank() ? otherwise : given;
    }
}
