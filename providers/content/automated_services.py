"""Services that send mail for others: how their mail can be told. Data, and one look-up.

Every name here was chosen because it stands on what the service sends for its customers, not on what the
people who work there write. Sources: the services' own documentation of their headers.
"""

from collections.abc import Collection

# Put on what is sent to many: a person's own mail program never does.
CAMPAIGN_HEADERS = (
    "x-campaign", "x-campaignid", "x-campaign-id", "x-sfmc-stack", "x-csa-complaints", "x-rpcampaign",
    "x-mailin-campaign", "x-mailin-client", "x-elqpod", "x-elqsiteid", "x-mailer-lid",
    "x-mailer-sid", "x-mailer-recptid", "x-listmember", "x-roving-id", "x-roving-campaignid",
    "x-cheetahmailer", "x-emv-campagneid", "x-kmail-account", "x-kmail-message",
    "x-ebay-mailtracker", "x-amazon-mail-relay-type", "x-newsletter", "x-mailgun-tag", "x-et-id",
    "x-binding", "x-job", "x-jobid", "x-pvrid",
)  # fmt: skip

# Put on single mails as well, among them those of sales tools behind which a person sits.
SERVICE_HEADERS = (
    "x-ses-outgoing", "x-sg-eid", "x-sg-id", "x-mailgun-sid", "x-mailgun-variables", "x-mandrill-user",
    "x-mc-user", "x-pm-message-id", "x-pm-tag", "x-mj-mid", "x-mailjet-campaign", "x-msys-api", "x-msfbl",
    "x-smtpapi", "x-hs-cid", "x-report-abuse", "x-report-abuse-to", "x-entity-ref-id", "x-entity-id",
    "x-sfdc-lk", "x-sfdc-user", "x-mailin-eid", "x-sib-id",
)  # fmt: skip

# Put on by programs that write when something happened somewhere.
NOTIFIER_HEADERS = (
    "x-github-reason", "x-github-sender", "x-gitlab-project", "x-gitlab-notificationreason",
    "x-jira-fingerprint", "x-bugzilla-type", "x-bugzilla-reason", "x-redmine-host", "x-redmine-project",
    "x-trac-version", "x-phabricator-sent-this-message", "x-jenkins-job", "x-sentry-reply-to",
    "x-linkedin-class", "x-facebook", "x-facebook-notify", "x-gerrit-messagetype",
    "x-launchpad-message-rationale", "x-discourse-topic-id", "x-discourse-post-id", "x-stripe-eid",
    "x-meetup-recip-id", "x-ms-mail-application",
)  # fmt: skip

HELPDESK_HEADERS = (
    "x-zendesk-from-account-id", "x-zendesk-email-id", "rt-ticket", "x-otrs-loop", "x-zammad-ticket-id",
    "x-freescout-mail-type",
)  # fmt: skip

# Where envelopes and Message-IDs of services end. Matched on a dot: "mail.mcsv.net" is, "notmcsv.net" is not.
SERVICE_DOMAINS = frozenset({
    "amazonses.com", "sendgrid.net", "sendgrid.info", "mcsv.net", "mcdlv.net", "rsgsv.net",
    "mailchimpapp.net", "mandrillapp.com", "mailgun.org", "mailgun.net", "mtasv.net", "pmta.mtasv.net",
    "sparkpostmail.com", "mailjet.com", "sendinblue.com", "brevosend.com", "createsend.com", "cmail19.com",
    "cmail20.com", "ccsend.com", "constantcontact.com", "klaviyomail.com", "exacttarget.com", "mktomail.com",
    "mktdns.com", "hubspotemail.net", "hubspotstarter.net", "emarsys.net", "responsys.net",
    "bounce.salesforce.com", "customeriomail.com", "iterable.com", "intercom-mail.com",
    "convertkit-mail.com", "convertkit-mail2.com", "beehiiv.com", "substack.com", "ghost.io",
    "mailerlite.com", "mlsend.com", "getresponse-mail.com", "activehosted.com", "aweber.com", "sailthru.com",
    "bronto.com", "silverpop.com", "inxmail.com", "cleverreach.com", "rapidmail.de", "newsletter2go.com",
    "postmarkapp.com", "resend.dev", "loops.so", "bluehornet.com", "dartmail.net", "listrak.com", "e2ma.net",
    "icontact.com", "verticalresponse.com", "mailerq.net", "elasticemail.com", "elasticemail.net",
    "smtp2go.com", "sendpulse.com", "moosend.com",
})  # fmt: skip

# Addresses below these are doors through which a person's words come: the person is not there.
RELAY_DOMAINS = frozenset({
    "zendesk.com", "freshdesk.com", "freshservice.com", "helpscout.net", "intercom-mail.com", "zohodesk.com",
    "zohodesk.eu", "gorgias.io", "kayako.com", "groovehq.com", "desk-mail.com", "uservoice.com",
    "tenderapp.com", "on-rt.com", "supportbee.com", "teamsupport.com", "happyfox.com", "reamaze.com",
    "liveagent.com", "reply.github.com", "noreply.github.com", "incoming.gitlab.com", "mail.asana.com",
    "boards.trello.com", "3.basecamp.com", "app.basecamp.com", "reply.facebook.com", "facebookmail.com",
    "groups.facebook.com", "reply.linkedin.com", "e.linkedin.com", "docs.google.com", "docusign.net",
    "echosign.com", "eumail.docusign.net", "camail.docusign.net", "twitter-mail.com", "redditmail.com",
    "quoramail.com", "discoursemail.com", "pipedrivemail.com", "inbound.postmarkapp.com",
    "reply.clickup.com", "mail.notion.so", "mail.figma.com", "fcgateway.com",
})  # fmt: skip

# Market places give their people addresses below these, for one conversation: a person writes there.
MARKET_DOMAINS = frozenset({
    "reply.craigslist.org", "sale.craigslist.org", "hous.craigslist.org", "serv.craigslist.org",
    "job.craigslist.org", "gigs.craigslist.org", "comm.craigslist.org", "guest.booking.com",
    "property.booking.com", "guest.airbnb.com", "host.airbnb.com", "reply.airbnb.com",
    "messages.homeaway.com", "marketplace.amazon.com", "members.ebay.com", "mail.kleinanzeigen.de",
    "messages.etsy.com",
})  # fmt: skip

# How providers of personal mailboxes end a Feedback-ID of their own.
PERSONAL_FEEDBACK = (":proton", ":fastmail", ":protonmail", ":icloud", ":zoho", ":tutanota", ":mailbox.org")

# Programs and libraries that programs send with.
PROGRAMS = (
    "phpmailer", "swiftmailer", "symfony mailer", "javamail", "nodemailer", "mime::lite", "mail::sender",
    "php/", "mailchimp", "campaign", "sendgrid", "lyris", "groupmail", "bulk", "mass mail", "mailman",
    "newsletter", "microsoft cdo", "system.net.mail", "aspmail", "aspnet", "zend_mail", "wordpress",
    "drupal", "actionmailer", "blat v", "sendemail-", "mailsend", "perl", "python", "ruby", "listmanager",
    "stormpost", "accucast", "unitymail", "unica", "dada mail", "phplist", "sendy", "mautic", "edmailer",
    "bugzilla", "jira", "exacttarget",
)  # fmt: skip

# Programs that people write with, as their X-Mailer or User-Agent begins. A small firm's mail server hands on
# to a sending service what was written in one of them; programs that send by themselves name none of these.
WRITTEN_IN = (
    "amazon workmail", "apple mail", "iphone mail", "ipad mail", "microsoft outlook 1", "mozilla thunderbird",
    "betterbird", "k-9 mail", "fairemail", "roundcube webmail", "zoho mail", "open-xchange mailer",
    "samsung email", "superhuman", "em client", "evolution ", "kmail", "mutt", "neomutt", "foxmail",
    "airmail", "mailmate", "postbox", "missive", "git-send-email",
)  # fmt: skip


def is_under(host: str, domains: Collection[str]) -> bool:
    """Tell whether a host is one of the domains or lies below one."""
    labels = host.split(".")
    return any(".".join(labels[at:]) in domains for at in range(len(labels) - 1))
