# 人與人之間的感謝：訊息和頁面怎麼說。$name 是致謝的人。

kudos-says = { $name } 說：
kudos-thanks = { $name } 向你致謝。
kudos-others = { $name } 向 { $to } 致謝。
kudos-link = 全部感謝 →

kudos-word-help = 謝謝你的幫忙。
kudos-word-well-handled = 處理得很好，那一個不容易。
kudos-word-great-work = 今天做得很棒。
kudos-word-learned = 今天我從你那裡學到了東西。
kudos-word-good-hands = 客戶交給你，很讓人放心。
kudos-word-hard-morning = 剛才那一陣很難，你一直很沉著。
kudos-word-glad-here = 今天不容易。有你在真好。

page-thanks-word = 感謝
page-thanks-title = 我想感謝誰？
page-thanks-link = 去致謝，看我的全部感謝
page-thanks-say = 致謝
page-thanks-given-n = 本月已送出 { $n } 次感謝，共可送 { $limit } 次。
page-thanks-whom = 感謝誰？
page-thanks-nobody = 目前名冊上沒有你團隊的其他人。
page-thanks-to = 感謝 { $name }
page-thanks-ready = 點一下就送出這句話，以對方的語言顯示。
page-thanks-own-words = 或者用你自己的話
page-thanks-own-words-help = 最多 280 個字。只有你們兩人以及帶領或管理團隊的人能看到。
page-thanks-reviewed = 送出之前，帶領團隊的人會先看一遍。
page-thanks-send = 送出
page-thanks-somebody-else = 換一個人
page-thanks-got = 我收到的感謝
page-thanks-got-none = 同事對你的感謝會出現在這裡。
page-thanks-given = 我送出的感謝
page-thanks-given-none = 你感謝過的人會出現在這裡。
page-thanks-hidden = 已隱藏
page-thanks-hide = 隱藏
page-thanks-show = 重新顯示
page-thanks-report = 檢舉
page-thanks-report-help = 帶領團隊的人會看一看。寫的人不會知道你檢舉了。
page-thanks-state-held = 等待放行
page-thanks-state-reported = 已檢舉
page-thanks-state-removed = 已移除
page-thanks-done-sent = 你的感謝已經送出。
page-thanks-done-held = 你的感謝已保存，有人看過後就會送出。
page-thanks-done-hide = 已隱藏。它在列表末尾，可以從那裡重新顯示。
page-thanks-done-show = 已重新顯示。
page-thanks-done-report = 已檢舉。會有人看。

page-kudos-title = 哪些感謝需要我處理？
page-kudos-none = 沒有感謝在等你。
page-kudos-n-wait = 有 { $n } 條感謝在等你
page-kudos-waiting = 等待中
page-kudos-held = 送出之前
page-kudos-reported = 已檢舉
page-kudos-between = { $from } 致 { $to }
page-kudos-let-through = 放行
page-kudos-keep = 保留
page-kudos-bring-back = 恢復
page-kudos-remove = 移除
page-kudos-removed = 已移除
page-kudos-reason-help = 致謝的人會看到。
page-kudos-what = 如果設定了審閱，同事寫的話會在這裡等待；被檢舉的也在這裡。現成的話從不需要等待。
page-kudos-done-keep = 可以看到了。
page-kudos-done-remove = 已移除。可以在下面恢復。

page-console-problem-kudos-limit = 你本月的感謝次數已經用完。下個月重新開始。
page-console-problem-kudos-to-oneself = 感謝是送給別人的。
page-console-problem-bad-kudos = 請選一句話，或寫最多 280 個字。
page-console-problem-own-kudos = 這條感謝是你送出或收到的：要由別人來決定。
