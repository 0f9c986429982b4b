"""Draw the sandbox's Slack in the browser.

Hooks for those who drive it: `data-action-id` on controls, `data-block-id` on blocks, `data-view-id` on
windows and Home, `data-ts` on messages (role article), `data-place` on the sidebar's links; the body has
`data-live` once presses are heard (the page always waits for
news, so "network idle" never comes). Roles and names are those of Slack: a window is a dialog named by its
title, a select a combobox with a listbox, an overflow a button "More actions" with a menu.
"""
