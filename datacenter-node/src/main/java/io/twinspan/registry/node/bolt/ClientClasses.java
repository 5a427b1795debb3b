package io.twinspan.registry.node.bolt;

import com.alipay.sofa.registry.core.model.ConfiguratorRegister;
import com.alipay.sofa.registry.core.model.DataBox;
import com.alipay.sofa.registry.core.model.PublisherRegister;
import com.alipay.sofa.registry.core.model.ReceivedConfigData;
import com.alipay.sofa.registry.core.model.ReceivedData;
import com.alipay.sofa.registry.core.model.RegisterResponse;
import com.alipay.sofa.registry.core.model.Result;
import com.alipay.sofa.registry.core.model.SubscriberRegister;
import com.alipay.sofa.registry.core.model.SyncConfigRequest;
import com.alipay.sofa.registry.core.model.SyncConfigResponse;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The class names that Hessian may read in this process, whichever Bolt port they come by. */
final class ClientClasses {
    /** What a client may ask. */
    static final Set<String> REQUESTS = names(
            PublisherRegister.class, SubscriberRegister.class, ConfiguratorRegister.class, SyncConfigRequest.class);

    private static final Set<String> MODEL = names(
            DataBox.class,
            Result.class,
            RegisterResponse.class,
            SyncConfigResponse.class,
            ReceivedData.class,
            ReceivedConfigData.class);

    /** Collections that applications are known to hand to their client; none whose filling costs more than its size. */
    private static final Set<String> COLLECTIONS = Set.of(
            "java.util.ArrayList",
            "java.util.LinkedList",
            "java.util.Vector",
            "java.util.Arrays$ArrayList",
            "java.util.HashMap",
            "java.util.LinkedHashMap",
            "java.util.TreeMap",
            "java.util.Hashtable",
            "java.util.concurrent.ConcurrentHashMap",
            "java.util.Collections$EmptyList",
            "java.util.Collections$EmptyMap",
            "java.util.Collections$SingletonList",
            "java.util.Collections$SingletonMap",
            "java.util.Collections$UnmodifiableList",
            "java.util.Collections$UnmodifiableRandomAccessList",
            "java.util.Collections$UnmodifiableMap",
            "java.util.ImmutableCollections$List12",
            "java.util.ImmutableCollections$ListN",
            "java.util.ImmutableCollections$Map1",
            "java.util.ImmutableCollections$MapN");

    /** Types of fields of the above; the decoder asks for them by itself, they never stand in a message. */
    private static final Set<String> FIELD_TYPES =
            names(java.util.List.class, java.util.Map.class, String.class, Long.class, Integer.class, Boolean.class);

    private ClientClasses() {}

    static boolean isListed(String name) {
        return REQUESTS.contains(name) || MODEL.contains(name) || COLLECTIONS.contains(name);
    }

    static boolean isListedOrField(String name) {
        return isListed(name) || FIELD_TYPES.contains(name);
    }

    private static Set<String> names(Class<?>... classes) {
        return Stream.of(classes).map(Class::getName).collect(Collectors.toUnmodifiableSet());
    }
}
