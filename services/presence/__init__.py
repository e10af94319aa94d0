"""Presence: who is there, ready or not, and who looks at what.

Owns       agents, sessions, viewers
Offers     editors, end_session, enter_ticket, events_of, get_agent, get_event_schema, leave_ticket, list_agents,
           list_events, list_viewers, open_session, put_agent, renew_session, replay_events, see_agent, set_state
Publishes  agent.connected, agent.created, agent.disconnected, agent.state_changed, agent.updated
"""
