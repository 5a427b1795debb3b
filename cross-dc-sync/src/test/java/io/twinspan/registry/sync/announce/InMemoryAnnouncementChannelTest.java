package io.twinspan.registry.sync.announce;

import io.twinspan.registry.datacenter.DatacenterId;
import java.util.Set;

class InMemoryAnnouncementChannelTest implements AnnouncementChannelContract {
    private final InMemoryTopics topics = new InMemoryTopics();

    @Override
    public AnnouncementChannel channel(DatacenterId own, Set<DatacenterId> peers) {
        return topics.channel(own, peers);
    }
}
