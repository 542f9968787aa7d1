# Names stay in the nominative: no sentence calls the reader by name, because the vocative can't be derived.

former-colleague = buvęs kolega
colleague = kolega

points = { $n ->
    [one] { $n } taškas
    [few] { $n } taškai
    [many] { $n } taško
   *[other] { $n } taškų
}
units = { $n } { $currency }

granted-points = { $n ->
    [one] Gauni { $n } tašką.
    [few] Gauni { $n } taškus.
    [many] Gauni { $n } taško.
   *[other] Gauni { $n } taškų.
}
granted-units = Gauni { units }.
granted-badge = Tai – { $what }.
granted-prize = Tavo laimėjimas: { $what }.
team-points = { $n ->
    [one] Komanda { $team } gauna { $n } tašką.
    [few] Komanda { $team } gauna { $n } taškus.
    [many] Komanda { $team } gauna { $n } taško.
   *[other] Komanda { $team } gauna { $n } taškų.
}
team-units = Komanda { $team } gauna { units }.
team-badge = Komandos { $team } pelnytas apdovanojimas: { $what }.
team-prize = Komandos { $team } laimėjimas: { $what }.

changed-more = Gautas patikslinimas: dabar tai – { $what }, { $n } daugiau nei anksčiau.
changed-less = Gautas patikslinimas: dabar tai – { $what }, { $n } mažiau nei anksčiau.
changed-same = Gautas patikslinimas: dabar tai – { $what }.

reversed = Gautas patikslinimas, todėl nebegalioja: { $what }.
reversed-fact = Buvo skirta už tai: { $because }

withheld-allotment = Pasiekta: { $what }, tačiau skatinimo „{ $incentive }“ biudžetas išnaudotas.
withheld-quota = Pasiekta: { $what }, tačiau visos vietos jau buvo užimtos.
withheld-disqualified = Neskiriama: { $what }. Šiuo metu nedalyvauji skatinime „{ $incentive }“.
withheld-stock = Pasiekta: { $what }, tačiau atsargos baigėsi.
withheld-refused = Nepatvirtinta: { $what }.
withheld-other = Kol kas neskiriama: { $what }.
withheld-fact = Daugiau gali paaiškinti tavo komandos vadovas.
withheld-team-allotment = Komanda { $team } pasiekė: { $what }, tačiau skatinimo „{ $incentive }“ biudžetas išnaudotas.
withheld-team-quota = Komanda { $team } pasiekė: { $what }, tačiau visos vietos jau buvo užimtos.
withheld-team-disqualified = Neskiriama: { $what }. Šiuo metu komanda { $team } nedalyvauja skatinime „{ $incentive }“.
withheld-team-stock = Komanda { $team } pasiekė: { $what }, tačiau atsargos baigėsi.
withheld-team-refused = Komandai { $team } nepatvirtinta: { $what }.
proposed = Laukia patvirtinimo: { $what }.
approved = Patvirtinta: { $what }.

closed = Skatinimas „{ $incentive }“ ({ $period }) baigtas.
closed-once = Skatinimas „{ $incentive }“ baigtas.
closed-podium = Priekyje: { $podium }.
closed-empty = Šį kartą į lentelę niekas nepateko.
final = Skatinimo „{ $incentive }“ ({ $period }) rezultatai galutiniai.
final-once = Skatinimo „{ $incentive }“ rezultatai galutiniai.
final-fact = Savaime jie nebesikeis.
place = { $rank }. { $name }
won = { $name } – { $what }
and-more = ir dar { $n }
week = { NUMBER($year, useGrouping: "false") } m. { NUMBER($week, useGrouping: "false") } savaitė

sealed = Bilietai užantspauduoti: { $draw }.
sealed-fact = Sąrašo SHA-256, kad traukimą būtų galima patikrinti: { $hash }
held = Įvyko „{ $incentive }“ traukimas.
held-winners = Laimėjo: { $winners }.
held-none = Šį kartą bilietų niekas neturėjo.
drawn-again = Atsilaisvino vieta ir ji atiteko kitam eilėje: { $draw }.
drawn-again-none = Jos perimti nebuvo kam.

paused = Skatinimas „{ $incentive }“ pristabdytas, nes reikia peržiūrėti jo taisyklę.
paused-fact = Niekas neprarasta: kas vyksta dabar, bus suskaičiuota vėliau.

news = { $n ->
    [one] { $n } naujiena
    [few] { $n } naujienos
    [many] { $n } naujienos
   *[other] { $n } naujienų
}

why = Kodėl →
board = Lentelė →
check = Patikrinti traukimą →

mail-greeting = Sveiki!
mail-footer = Laišką siunčia „Plaudit“, nes dalyvauji savo kontaktų centro skatinimuose. Prašome į jį neatsakyti.

# Laiškai apie paskyras.
account-invitation-subject = Tavo „Plaudit“ paskyra
account-invitation = Tau sukurta paskyra. Pasirink slaptažodį ir galėsi prisijungti.
account-invitation-link = Pasirinkti slaptažodį
account-invitation-not-me = Jei šio laiško nelaukei, nieko nedaryk: be slaptažodžio paskyra niekas negali naudotis.
account-reset-subject = Naujas „Plaudit“ slaptažodis
account-reset = Kažkas, tikriausiai tu, paprašė naujo slaptažodžio.
account-reset-link = Pasirinkti naują slaptažodį
account-reset-not-me = Jei tai ne tu, nieko nedaryk: slaptažodis lieka toks pat.
account-changed-subject = Pakeistas tavo „Plaudit“ slaptažodis
account-changed = Tavo paskyros slaptažodis pakeistas, visi ankstesni prisijungimai nutraukti.
account-changed-not-me = Jei tai ne tu, iškart pranešk tam, kas pas jus prižiūri „Plaudit“.
account-link-days = { $n ->
    [one] Nuoroda galioja vieną kartą, { $n } dieną.
    [few] Nuoroda galioja vieną kartą, { $n } dienas.
   *[other] Nuoroda galioja vieną kartą, { $n } dienų.
}
account-link-hours = { $n ->
    [one] Nuoroda galioja vieną kartą, { $n } valandą.
    [few] Nuoroda galioja vieną kartą, { $n } valandas.
   *[other] Nuoroda galioja vieną kartą, { $n } valandų.
}
